package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
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
    Object value = check.arguments();
    for (int i = 0; i < steps.size(); i++) {
      value = below(value, steps.get(i));
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static @Nullable Object below(@Nullable Object value, String step) {
    if (value instanceof Map<?, ?> map) {
      return map.get(step);
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
