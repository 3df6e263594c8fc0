package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentScore;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.Verdict;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts decisions by effect, and what rules say by their state and verdict, and times checks from
 * the body to the answer. No counter is by rule: a project may have thousands, and a series each
 * would drown who collects them. What single rules did is in {@code RuleHits}.
 */
@Singleton
final class CheckMetrics {

  private static final double NANOS_A_SECOND = 1e9;
  private static final AttributeKey<String> EFFECT = AttributeKey.stringKey("effect");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
  private static final AttributeKey<String> VERDICT = AttributeKey.stringKey("verdict");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<Boolean> RECORDED = AttributeKey.booleanKey("recorded");
  private static final List<Double> SECONDS =
      List.of(.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1.0, 5.0);

  private final LongCounter decisions;
  private final LongCounter replays;
  private final LongCounter ruleErrors;
  private final LongCounter intentUnavailable;
  private final LongCounter ruleDecisions;
  private final DoubleHistogram duration;
  private final Map<Effect, Attributes> recorded = attributes(true);
  private final Map<Effect, Attributes> unrecorded = attributes(false);
  private final Map<RuleState, Map<Verdict, Attributes>> spoken = spoken();
  private final Map<IntentReading.Unavailable, Attributes> unavailable = unavailable();

  CheckMetrics(Meter meter) {
    decisions =
        meter
            .counterBuilder("saferun.decisions")
            .setDescription("Decisions made, by effect and by whether they were recorded")
            .build();
    replays =
        meter
            .counterBuilder("saferun.check.replays")
            .setDescription("Checks answered with an earlier answer, by their idempotency key")
            .build();
    ruleErrors =
        meter
            .counterBuilder("saferun.rule.errors")
            .setDescription("Rules that failed while they ran")
            .build();
    intentUnavailable =
        meter
            .counterBuilder("saferun.intent.unavailable")
            .setDescription("Calls whose intent could not be measured, by why")
            .build();
    ruleDecisions =
        meter
            .counterBuilder("saferun.rule.decisions")
            .setDescription("What rules said, by their state in the environment and their verdict")
            .build();
    duration =
        meter
            .histogramBuilder("saferun.check.duration")
            .setDescription("From the body of a check to its answer, the record included")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
  }

  private static Map<Effect, Attributes> attributes(boolean recorded) {
    Map<Effect, Attributes> attributes = new EnumMap<>(Effect.class);
    for (Effect effect : Effect.values()) {
      attributes.put(effect, Attributes.of(EFFECT, effect.wire(), RECORDED, recorded));
    }
    return attributes;
  }

  private static Map<RuleState, Map<Verdict, Attributes>> spoken() {
    Map<RuleState, Map<Verdict, Attributes>> spoken = new EnumMap<>(RuleState.class);
    for (RuleState state : RuleState.values()) {
      Map<Verdict, Attributes> verdicts = new EnumMap<>(Verdict.class);
      for (Verdict verdict : Verdict.values()) {
        verdicts.put(verdict, Attributes.of(STATE, state.wire(), VERDICT, verdict.wire()));
      }
      spoken.put(state, verdicts);
    }
    return spoken;
  }

  private static Map<IntentReading.Unavailable, Attributes> unavailable() {
    Map<IntentReading.Unavailable, Attributes> unavailable =
        new EnumMap<>(IntentReading.Unavailable.class);
    for (IntentReading.Unavailable why : IntentReading.Unavailable.values()) {
      unavailable.put(why, Attributes.of(REASON, why.wire()));
    }
    return unavailable;
  }

  void answered(Deciding deciding, Kept kept, long nanosTaken) {
    duration.record(nanosTaken / NANOS_A_SECOND);
    deciding
        .decision()
        .ifPresentOrElse(made -> count(made, kept, deciding.reading()), () -> replays.add(1));
  }

  private void count(Decision made, Kept kept, IntentReading reading) {
    switch (kept) {
      case Kept.Durable durable -> decisions.add(1, recorded.get(made.effect()));
      case Kept.Unrecorded proceeded -> decisions.add(1, unrecorded.get(made.effect()));
      case Kept.Refused refused -> decisions.add(1, unrecorded.get(Effect.STOP));
    }
    IntentScore intent = made.intent();
    IntentReading.Unavailable why = reading.unavailable();
    if (intent != null && why != null) {
      intentUnavailable.add(1, Objects.requireNonNull(unavailable.get(why)));
    }
    countRules(made.reasons());
    countRules(made.shadow());
  }

  private void countRules(List<Reason> reasons) {
    for (Reason reason : reasons) {
      if (reason.kind() == Reason.Kind.RULE_ERROR) {
        ruleErrors.add(1);
      }
      RuleState state = reason.state();
      if (state != null) {
        Attributes attributes = Objects.requireNonNull(spoken.get(state)).get(reason.verdict());
        ruleDecisions.add(1, Objects.requireNonNull(attributes));
      }
    }
  }
}
