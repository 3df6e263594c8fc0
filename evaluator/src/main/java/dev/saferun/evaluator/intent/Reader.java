package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.ArgumentOrigin;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentTool;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.ToolEffect;
import dev.saferun.evaluator.history.Familiarity;
import dev.saferun.evaluator.texts.Source;
import dev.saferun.evaluator.texts.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the calls of one run, one after the other, and takes in what came of them. */
public final class Reader {

  private static final int CALLS_REMEMBERED_MAX = 64;

  private final Library library;
  private final Meanings meanings;
  private final Map<Long, Called> called = new LinkedHashMap<>();

  /** What must be known of a call when its answer comes. */
  private record Called(double steer, boolean reply) {}

  public Reader(boolean whole, Meanings meanings) {
    this.meanings = meanings;
    this.library = new Library(meanings);
    if (!whole) {
      library.lose();
    }
  }

  public int words() {
    return library.words();
  }

  public void missed() {
    library.lose();
  }

  /** Steps that the last call or outcome took: the same for the same texts on every machine. */
  public long steps() {
    return library.work.steps();
  }

  /** Measures the call as long as there is time. */
  public IntentReading read(
      Check check, long frame, @Nullable IntentTool known, Familiarity familiar, Work.Clock clock) {
    library.work.begin(clock);
    boolean done = false;
    try {
      IntentReading reading = measure(check, frame, known, familiar);
      done = true;
      return reading;
    } catch (Work.Exceeded exceeded) {
      return IntentReading.unavailable(
          exceeded.isLate()
              ? IntentReading.Unavailable.DEADLINE
              : IntentReading.Unavailable.TOO_MUCH);
    } finally {
      if (!done) {
        library.lose();
      }
    }
  }

  private IntentReading measure(
      Check check, long frame, @Nullable IntentTool known, Familiarity familiar) {
    takeContext(check.context(), frame);
    Map<String, @Nullable Object> arguments = check.arguments();
    ToolWords tool =
        ToolWords.of(check.tool(), arguments)
            .described(check.action().get("description"))
            .answering(familiar.effect())
            .with(known);
    List<Traced> values =
        new Tracer(library)
            .trace(arguments).stream().map(value -> value.orUsual(familiar.usual())).toList();
    Measurement measured = new Measurement(tool, values, library.work);
    Meanings.Likeness likeness = meanings.begin();
    ByMeaning meaning = new ByMeaning(likeness, library.asked.sentences(), tool.phrase());
    measured.measure(library.askedTexts, library.seenTexts, library.asked, meaning);
    Contradictions contradictions =
        new Contradictions(frame, check.tool(), tool, arguments, library.work);
    contradictions.compare(check.context().get("plan"), check.context().get("state"));
    remember(frame, tool, measured.steer());
    library.take(Origin.MODEL, frame, "/action/arguments", arguments);
    Map<Feature, Double> features = new EnumMap<>(measured.features());
    features.putAll(contradictions.features());
    features.putAll(familiar.features());
    List<IntentSignal> signals = new ArrayList<>(contradictions.signals());
    signals.addAll(measured.signals());
    if (features.containsKey(Feature.OPPOSITE_OF_ASKED)) {
      signals.add(new IntentSignal(IntentSignal.Kind.OPPOSITE_OF_ASKED, 1, "", null));
    }
    Produced.difference(check.context().get("messages"), frame, check.tool(), arguments)
        .ifPresent(
            signal -> {
              signals.add(signal);
              features.put(Feature.SENT_DIFFERS, 1.0);
            });
    signals.sort(Comparator.comparingDouble(IntentSignal::strength).reversed());
    signals.addAll(familiar.signals());
    return new IntentReading(
        IntentReading.Status.MEASURED,
        library.isWhole(),
        features,
        signals,
        values.stream().map(Reader::origin).toList(),
        null,
        null,
        likeness.state());
  }

  private void takeContext(Map<String, @Nullable Object> context, long frame) {
    library.take(Origin.USER_REQUEST, frame, "/context/user_request", context.get("user_request"));
    takeMessages(context.get("messages"), frame);
    if (context.get("retrieved") instanceof List<?> passages) {
      for (int i = 0; i < passages.size(); i++) {
        if (passages.get(i) instanceof Map<?, ?> passage) {
          library.take(
              Origin.RETRIEVED,
              frame,
              "/context/retrieved/" + i + "/content",
              passage.get("content"));
        }
      }
    }
    library.take(Origin.STATE, frame, "/context/state", context.get("state"));
    library.take(Origin.PLAN, frame, "/context/plan", context.get("plan"));
    library.take(Origin.MODEL, frame, "/context/reasoning", context.get("reasoning"));
  }

  /** Messages as chat interfaces have them: {@code role} and {@code content}. */
  private void takeMessages(@Nullable Object messages, long frame) {
    if (messages instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> message) {
          library.take(
              originOf(String.valueOf(message.get("role"))),
              frame,
              "/context/messages/" + i + "/content",
              message.get("content"));
        }
      }
    }
  }

  private static Origin originOf(String role) {
    return switch (role) {
      case "user" -> Origin.USER_REQUEST;
      case "system", "developer" -> Origin.OPERATOR;
      case "assistant" -> Origin.MODEL;
      default -> Origin.TOOL_RESULT;
    };
  }

  private void remember(long frame, ToolWords tool, double steer) {
    boolean reply = tool.effect() == ToolEffect.WRITE || tool.effect() == ToolEffect.DESTROY;
    called.put(frame, new Called(steer, reply));
    if (called.size() > CALLS_REMEMBERED_MAX) {
      called.remove(called.keySet().iterator().next());
    }
  }

  public void returned(
      long actionFrame, long frame, @Nullable Object result, @Nullable Object error) {
    Called by = called.getOrDefault(actionFrame, new Called(0, false));
    take(
        () -> {
          library.take(Origin.TOOL_RESULT, frame, "/result", result, by.steer, by.reply);
          library.take(Origin.TOOL_RESULT, frame, "/error", error, by.steer, by.reply);
        });
  }

  /** What comes between calls keeps nobody waiting for a verdict: only its steps are limited. */
  private void take(Runnable texts) {
    library.work.begin(Work.Clock.STOPPED);
    try {
      texts.run();
    } catch (Work.Exceeded exceeded) {
      library.lose();
    }
    library.prepare();
  }

  public void recorded(String kind, long frame, @Nullable Object content) {
    Origin origin =
        switch (kind) {
          case "input" -> Origin.USER_REQUEST;
          case "plan" -> Origin.PLAN;
          case "retrieval" -> Origin.RETRIEVED;
          default -> Origin.MODEL;
        };
    take(() -> library.take(origin, frame, "/content", content));
  }

  private static ArgumentOrigin origin(Traced value) {
    return new ArgumentOrigin(
        value.pointer(), value.origin(), value.form(), place(value), value.second());
  }

  static @Nullable TextPlace place(Traced value) {
    Source source = value.source();
    return source == null
        ? null
        : new TextPlace(source.frame(), source.pointer(), value.start(), value.end());
  }
}
