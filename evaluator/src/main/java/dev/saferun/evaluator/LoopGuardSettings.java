package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a run's own calls speak against the next one. Zero switches a limit off.
 *
 * @param repeat the very same call (tool and arguments) in a row
 * @param cycle the same few calls in a circle
 * @param budgets what a run may use up
 */
public record LoopGuardSettings(Repeat repeat, Cycle cycle, Budgets budgets) {

  /**
   * Counted with the call that is checked: {@code denyAt} 5 stops the fifth of five equal calls.
   */
  public record Repeat(int flagAt, int denyAt) {
    public Repeat {
      requireOrder(flagAt, denyAt);
    }
  }

  /** A circle of 2 to {@code periodMax} calls that was gone through so many times. */
  public record Cycle(int periodMax, int flagAt, int denyAt) {
    public static final int PERIOD_LIMIT = 8;

    public Cycle {
      require(
          periodMax >= 0 && periodMax <= PERIOD_LIMIT,
          "period_max must be from 0 to " + PERIOD_LIMIT);
      requireOrder(flagAt, denyAt);
    }
  }

  /** What one run may use up; beyond it the call is denied. */
  public record Budgets(
      OptionalLong callsMax, Map<String, Long> callsByToolMax, List<SumBudget> sums) {
    public Budgets {
      callsByToolMax = Map.copyOf(callsByToolMax);
      sums = List.copyOf(sums);
      require(callsMax.isEmpty() || callsMax.getAsLong() > 0, "calls_max must be positive");
      require(
          callsByToolMax.values().stream().allMatch(max -> max > 0),
          "calls_by_tool_max must be positive");
      require(
          sums.stream().map(SumBudget::name).distinct().count() == sums.size(),
          "two sums have the same name");
    }
  }

  /**
   * A budget over a summed argument, such as the money that one run may move.
   *
   * @param argument JSON Pointer into the action's arguments
   */
  public record SumBudget(String name, String tool, String argument, double max) {
    public SumBudget {
      require(argument.startsWith("/"), "argument must be a JSON Pointer such as /amount");
      require(max >= 0, "max must not be negative");
      require(!name.isEmpty() && !tool.isEmpty(), "a sum needs a name and a tool");
    }
  }

  /** In force where a project has set nothing: loops are caught, nothing is budgeted. */
  public static final LoopGuardSettings DEFAULT =
      new LoopGuardSettings(
          new Repeat(3, 5),
          new Cycle(8, 3, 4),
          new Budgets(OptionalLong.empty(), Map.of(), List.of()));

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("repeat", Map.of("flag_at", (long) repeat.flagAt, "deny_at", (long) repeat.denyAt));
    json.put(
        "cycle",
        Map.of(
            "period_max",
            (long) cycle.periodMax,
            "flag_at",
            (long) cycle.flagAt,
            "deny_at",
            (long) cycle.denyAt));
    Map<String, @Nullable Object> budget = new LinkedHashMap<>();
    budget.put("calls_max", budgets.callsMax.isPresent() ? budgets.callsMax.getAsLong() : null);
    budget.put("calls_by_tool_max", new TreeMap<>(budgets.callsByToolMax));
    budget.put("sums", budgets.sums.stream().map(LoopGuardSettings::sumToJson).toList());
    json.put("budgets", budget);
    return json;
  }

  private static Map<String, Object> sumToJson(SumBudget sum) {
    return Map.of("name", sum.name, "tool", sum.tool, "argument", sum.argument, "max", sum.max);
  }

  private static void requireOrder(int flagAt, int denyAt) {
    require(flagAt >= 0 && denyAt >= 0, "flag_at and deny_at must not be negative");
    require(flagAt != 1 && denyAt != 1, "1 would stop every first call; use 0 to switch it off");
    require(Math.max(flagAt, denyAt) <= RunState.RECENT_MAX, "at most " + RunState.RECENT_MAX);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
