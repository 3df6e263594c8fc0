package dev.saferun.evaluator;

import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that speaks for a verdict.
 *
 * @param source the rule's name, or the guard's ({@code loop-guard})
 * @param version the rule's version; 0 for a guard
 * @param state the rule's state in the environment; null for a guard, which is always in force
 * @param message one static sentence that a person understands; never holds a captured value
 * @param details what was measured, by name: counts, limits, an error's place. Numbers and texts of
 *     ours only
 */
public record Reason(
    Kind kind,
    String source,
    int version,
    @Nullable RuleState state,
    Verdict verdict,
    String message,
    Map<String, @Nullable Object> details) {

  /** What kind of thing speaks. */
  public enum Kind {
    /** A rule's condition held. */
    RULE,
    /** A rule failed while it ran; the verdict is what its {@code on_error} stands for. */
    RULE_ERROR,
    /** The same call again and again. */
    LOOP_REPEAT,
    /** The same few calls in a circle. */
    LOOP_CYCLE,
    /** Calls that tell nothing new. */
    LOOP_NO_PROGRESS,
    /** The same tool failing with the same error. */
    LOOP_ERROR,
    /** The run was stopped as a loop before. */
    RUN_STOPPED,
    /** A run's budget is used up. */
    BUDGET,
    /** The call is probably not what the user asked for. */
    INTENT,
    /** What may be used within a length of time is used up. */
    WINDOW,
    /** The frame could not be made durable and the environment stops on that. */
    UNRECORDED
  }

  public Reason {
    details = Map.copyOf(details);
  }

  /** Of a guard. */
  public Reason(
      Kind kind,
      String source,
      Verdict verdict,
      String message,
      Map<String, @Nullable Object> details) {
    this(kind, source, 0, null, verdict, message, details);
  }

  /** What it alone would have the caller do under an environment's mode. */
  public Effect effect(Mode mode) {
    return Effect.of(verdict, state == null ? mode : state.within(mode));
  }

  /** The reason as it stands in the answer and in the frame. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", ProblemException.kebab(kind).replace('-', '_'));
    json.put("source", source);
    if (version > 0) {
      json.put("version", (long) version);
    }
    if (state != null) {
      json.put("state", state.wire());
    }
    json.put("verdict", verdict.wire());
    json.put("message", message);
    if (!details.isEmpty()) {
      json.put("details", details);
    }
    return json;
  }
}
