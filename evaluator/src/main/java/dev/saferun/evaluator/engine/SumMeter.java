package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.Unknown;
import dev.saferun.evaluator.engine.RunProgress.Spending;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the argument of one sum budget out of a call. */
record SumMeter(String name, double max, List<String> path) {

  static SumMeter of(SumBudget budget) {
    List<String> path =
        List.of(budget.argument().substring(1).split("/", -1)).stream()
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
    return new SumMeter(budget.name(), budget.max(), path);
  }

  Spending read(Check check) {
    Object value = value(check);
    return value instanceof Number number && number.doubleValue() >= 0
        ? new Spending(this, number.doubleValue(), true)
        : new Spending(this, 0, false);
  }

  /** Whether redaction took the argument, or something around it. */
  boolean isUnknown(Check check) {
    return value(check) == Unknown.VALUE;
  }

  private @Nullable Object value(Check check) {
    Object value = check.action().get("arguments");
    for (String step : path) {
      value = below(value, step);
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
