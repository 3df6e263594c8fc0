package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Cause;
import dev.saferun.evaluator.Earlier;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentScore;
import dev.saferun.evaluator.IntentSettings;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentThresholds;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges what was measured of a call by the model in force. A call that is made again and again is
 * judged by its count and leaves the score alone: whoever asked for it asked once, and each of the
 * calls by itself is what was asked.
 */
final class IntentGuard {

  private static final String SOURCE = "intent-guard";
  private static final int REPEATS = 5;
  private static final String NO_SINGLE_SIGNAL =
      "What was measured of this call together makes it unlikely that it was asked for.";

  private final IntentSettings settings;

  IntentGuard(IntentSettings settings) {
    this.settings = settings;
  }

  /** The score; empty where the guard is off or nothing was measured. */
  Optional<IntentScore> judge(RunProgress progress, Reasons reasons) {
    IntentReading reading = progress.before().intent();
    if (!settings.on() || reading.status() == IntentReading.Status.OFF) {
      return Optional.empty();
    }
    if (reading.status() == IntentReading.Status.UNAVAILABLE) {
      return Optional.of(unavailable(reading, reasons));
    }
    boolean repeats = isRepeated(progress);
    double score = settings.model().score(reading.features());
    IntentThresholds thresholds = settings.thresholds(progress.tool());
    Verdict verdict = repeats ? Verdict.DENY : thresholds.verdict(score);
    if (verdict != Verdict.ALLOW) {
      reasons.add(reason(verdict, thresholds.of(verdict), score, reading, repeats));
    }
    return Optional.of(new IntentScore(score, settings.model().name()));
  }

  private IntentScore unavailable(IntentReading reading, Reasons reasons) {
    if (settings.unavailable() != Verdict.ALLOW) {
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put("status", "unavailable");
      IntentReading.Unavailable why = reading.unavailable();
      if (why != null) {
        details.put("reason", why.wire());
      }
      reasons.add(
          new Reason(
              Reason.Kind.INTENT,
              SOURCE,
              settings.unavailable(),
              "The Intent Guard could not measure this call.",
              details));
    }
    return IntentScore.UNAVAILABLE;
  }

  private static boolean isRepeated(RunProgress progress) {
    return progress.steadyRepeat() >= REPEATS || progress.cycle().rounds() >= REPEATS;
  }

  private static Reason reason(
      Verdict verdict, double threshold, double score, IntentReading reading, boolean repeats) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("score", score);
    details.put("threshold", threshold);
    details.put("cause", (repeats ? Cause.MODEL : reading.cause().cause()).wire());
    Optional<IntentSignal> told = told(reading, repeats);
    told.ifPresent(signal -> describe(signal, details));
    String message = told.map(signal -> signal.kind().sentence()).orElse(NO_SINGLE_SIGNAL);
    return new Reason(Reason.Kind.INTENT, SOURCE, verdict, message, details);
  }

  private static Optional<IntentSignal> told(IntentReading reading, boolean repeats) {
    return repeats
        ? Optional.of(new IntentSignal(IntentSignal.Kind.REPEATED, 1, "", null))
        : reading.signals().stream().findFirst();
  }

  private static void describe(IntentSignal signal, Map<String, @Nullable Object> details) {
    details.put("signal", signal.kind().wire());
    if (!signal.argument().isEmpty()) {
      details.put("argument", signal.argument());
    }
    TextPlace place = signal.place();
    if (place != null) {
      details.put("frame", place.frame());
      details.put("pointer", place.pointer());
    }
    Earlier earlier = signal.earlier();
    if (earlier != null) {
      details.put("earlier", earlier.toJson());
    }
  }
}
