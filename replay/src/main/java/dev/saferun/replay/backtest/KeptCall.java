package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.Unknown;
import dev.saferun.replay.capture.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a frame's evidence the call that was decided, with {@link Unknown#VALUE} wherever the
 * frame says that redaction took something. The tree is changed in place: it is the caller's own.
 */
final class KeptCall {

  /** What redaction lists at most; what is beyond is counted and nobody knows where it was. */
  private static final int LISTED_MAX = 100;

  private static final int PATH_CHARACTERS_MAX = 512;

  private static final Set<String> READ_BY_RULES = Set.of("action", "context", "agent");

  private KeptCall() {}

  static Recorded of(Map<String, @Nullable Object> evidence) {
    hideWhatWasTaken(evidence);
    Check check =
        new Check(
            String.valueOf(evidence.get("run_id")),
            evidence.get("step") instanceof Long step ? step : null,
            Evidence.object(evidence.get("agent")),
            Evidence.object(evidence.get("action")),
            Evidence.object(evidence.get("context")),
            evidence.get("at") instanceof String at ? at : null);
    return Recorded.of(check, Evidence.object(evidence.get("run")));
  }

  private static void hideWhatWasTaken(Map<String, @Nullable Object> evidence) {
    Map<String, @Nullable Object> report = Evidence.object(evidence.get("redaction"));
    if (!(report.get("count") instanceof Long count) || count == 0) {
      return;
    }
    List<?> applied = report.get("applied") instanceof List<?> list ? list : List.of();
    boolean all = count > applied.size() || applied.size() >= LISTED_MAX;
    for (Object entry : applied) {
      Map<String, @Nullable Object> one = Evidence.object(entry);
      String path = String.valueOf(one.get("path"));
      all |= path.length() >= PATH_CHARACTERS_MAX;
      hide(evidence, "name".equals(one.get("of")) ? parent(path) : path);
    }
    if (all) {
      hide(evidence, "/action/arguments");
      Evidence.object(evidence.get("context")).replaceAll((name, value) -> Unknown.VALUE);
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Puts the unknown in the place of a value; a place that is not there hides nothing. */
  @SuppressWarnings("unchecked")
  private static void hide(Map<String, @Nullable Object> evidence, String pointer) {
    String[] steps = pointer.split("/", -1);
    if (steps.length < 2 || !READ_BY_RULES.contains(steps[1])) {
      return;
    }
    Object value = evidence;
    for (int i = 1; i < steps.length; i++) {
      String step = steps[i].replace("~1", "/").replace("~0", "~");
      boolean last = i == steps.length - 1;
      if (value instanceof Map<?, ?> object && object.containsKey(step)) {
        value = last ? ((Map<String, Object>) object).put(step, Unknown.VALUE) : object.get(step);
      } else if (value instanceof List<?> list && position(step, list.size()) >= 0) {
        int position = position(step, list.size());
        value = last ? ((List<Object>) list).set(position, Unknown.VALUE) : list.get(position);
      } else {
        return;
      }
    }
  }

  private static int position(String step, int size) {
    if (step.isEmpty() || step.length() > 9 || !step.chars().allMatch(Character::isDigit)) {
      return -1;
    }
    int position = Integer.parseInt(step);
    return position < size ? position : -1;
  }
}
