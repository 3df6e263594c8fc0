package dev.saferun.replay.proof;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.Unknown;
import dev.saferun.platform.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked call as its frame kept it, ready to be decided again.
 *
 * @param call with {@link Unknown#VALUE} wherever redaction took something
 * @param taken the places in the frame that are not what was sent, as JSON Pointers
 */
public record KeptCall(Recorded call, List<String> taken) {

  /** Evidence nests the request's trees deeper than the door does. */
  public static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String ARGUMENTS = "/action/arguments";
  private static final String CONTEXT = "/context";

  public KeptCall {
    taken = List.copyOf(taken);
  }

  /**
   * The call in an action's evidence. Empty where redaction took a part of what the decision had
   * from the run: then nothing can be decided again.
   *
   * @throws RuntimeException when it is no evidence of an action
   */
  public static Optional<KeptCall> of(Map<String, @Nullable Object> evidence) {
    Redactions redactions = Redactions.of(evidence);
    if (redactions.within("run").stream().anyMatch(KeptCall::isBefore)) {
      return Optional.empty();
    }
    Check check =
        new Check(
            String.valueOf(evidence.get("run_id")),
            evidence.get("step") instanceof Long step ? step : null,
            kept(evidence, "agent", redactions),
            action(evidence, redactions),
            context(evidence, redactions),
            evidence.get("at") instanceof String at ? at : null);
    Recorded call = Recorded.of(check, object(evidence.get("run")));
    return Optional.of(new KeptCall(call, taken(redactions)));
  }

  /** Whether it is a part of the run's state as it was before the call. */
  private static boolean isBefore(List<String> names) {
    return names.isEmpty() || !names.getFirst().equals("after");
  }

  private static List<String> taken(Redactions redactions) {
    if (redactions.listed()) {
      return redactions.taken();
    }
    List<String> taken = new ArrayList<>(List.of(ARGUMENTS, CONTEXT));
    redactions.taken().stream().filter(path -> !isBelow(path)).forEach(taken::add);
    return taken;
  }

  private static boolean isBelow(String path) {
    return path.startsWith(ARGUMENTS) || path.startsWith(CONTEXT);
  }

  private static Map<String, @Nullable Object> action(
      Map<String, @Nullable Object> evidence, Redactions redactions) {
    Map<String, @Nullable Object> action = kept(evidence, "action", redactions);
    if (!redactions.listed() && action.containsKey("arguments")) {
      Map<String, @Nullable Object> without = new LinkedHashMap<>(action);
      without.put("arguments", Unknown.VALUE);
      return without;
    }
    return action;
  }

  private static Map<String, @Nullable Object> context(
      Map<String, @Nullable Object> evidence, Redactions redactions) {
    Map<String, @Nullable Object> context = kept(evidence, "context", redactions);
    return redactions.listed() ? context : unknown(context);
  }

  /** A member of the frame with what was taken from it unknown. */
  private static Map<String, @Nullable Object> kept(
      Map<String, @Nullable Object> evidence, String member, Redactions redactions) {
    Map<String, @Nullable Object> sent = object(evidence.get(member));
    Object tree = sent;
    for (List<String> names : redactions.within(member)) {
      tree = names.isEmpty() ? unknown(sent) : Pointers.with(tree, names, Unknown.VALUE);
    }
    return object(tree);
  }

  /** The same members, and nothing is known of any; its tool is what a frame is found by. */
  private static Map<String, @Nullable Object> unknown(Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> unknown = new LinkedHashMap<>(object);
    unknown.replaceAll((name, value) -> name.equals("tool") ? value : Unknown.VALUE);
    return unknown;
  }
}
