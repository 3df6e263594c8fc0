package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Unknown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON Pointer (RFC 6901) into the arguments of a call. */
record ArgumentPath(List<String> steps) {

  static ArgumentPath of(String pointer) {
    return new ArgumentPath(
        List.of(pointer.substring(1).split("/", -1)).stream()
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /** The number there; NaN where there is none. */
  double number(Check check) {
    return value(check) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Whether redaction took what stands there, or something around it. */
  boolean isUnknown(Check check) {
    return value(check) == Unknown.VALUE;
  }

  private @Nullable Object value(Check check) {
    Object value = check.action().get("arguments");
    for (int i = 0; i < steps.size(); i++) {
      value = below(value, steps.get(i));
    }
    return value;
  }

  private static @Nullable Object below(@Nullable Object value, String step) {
    if (value instanceof Map<?, ?> map) {
      return map.get(step);
    }
    if (value == Unknown.VALUE) {
      return value;
    }
    return value instanceof List<?> list && isPosition(step, list.size())
        ? list.get(Integer.parseInt(step))
        : null;
  }

  private static boolean isPosition(String step, int size) {
    return !step.isEmpty()
        && step.length() <= 9
        && step.chars().allMatch(c -> c >= '0' && c <= '9')
        && (step.length() == 1 || step.charAt(0) != '0')
        && Integer.parseInt(step) < size;
  }
}
