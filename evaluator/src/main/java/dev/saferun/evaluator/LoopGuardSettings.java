package dev.saferun.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run counts as a loop, and what it may use up. A call is compared as a whole, tool and
 * arguments: a batch over many different arguments is not a loop however long it is.
 */
public record LoopGuardSettings(Repeat repeat, Cycle cycle, Budgets budgets) {

  /**
   * The same call in a row, this one included.
   *
   * @param flagAt from how many on it is flagged
   * @param denyAt from how many on it is denied; not less than {@code flagAt}
   */
  public record Repeat(int flagAt, int denyAt) {}

  /**
   * The same few calls in a circle, like A-B-A-B.
   *
   * @param periodMax the longest circle that is looked for, in calls
   * @param flagAt from how many full rounds on it is flagged, the first one included
   * @param denyAt from how many full rounds on it is denied; not less than {@code flagAt}
   */
  public record Cycle(int periodMax, int flagAt, int denyAt) {}

  /**
   * What one run may use up; a call that would go beyond is denied.
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
   * A bound on the sum of one numeric argument over a run. A call whose argument is missing, is not
   * a number, or is negative adds nothing and is counted apart: a negative amount gives nothing
   * back.
   *
   * @param name what reasons and {@code run.sums} call it; unique
   * @param tool the exact tool name
   * @param argument a JSON Pointer into the arguments
   */
  public record SumBudget(String name, String tool, String argument, double max) {}

  /**
   * Three identical calls in a row are worth a look, five are a loop; two rounds of a circle of up
   * to eight calls are worth a look, three are a loop; no budgets.
   */
  public static final LoopGuardSettings DEFAULT =
      new LoopGuardSettings(
          new Repeat(3, 5),
          new Cycle(8, 2, 3),
          new Budgets(OptionalLong.empty(), Map.of(), List.of()));

  /** The settings in a tree; a missing part has its default, an unknown field is refused. */
  public static LoopGuardSettings fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    fields.allow(Set.of("repeat", "cycle", "budgets"));
    return new LoopGuardSettings(
        repeat(fields.object("repeat")),
        cycle(fields.object("cycle")),
        budgets(fields.object("budgets")));
  }

  private static Repeat repeat(JsonFields json) {
    json.allow(Set.of("flag_at", "deny_at"));
    int flagAt = json.within("flag_at", 2, RunState.RECENT_MAX, DEFAULT.repeat.flagAt);
    int denyAt =
        json.within(
            "deny_at", flagAt, RunState.RECENT_MAX, Math.max(flagAt, DEFAULT.repeat.denyAt));
    return new Repeat(flagAt, denyAt);
  }

  private static Cycle cycle(JsonFields json) {
    json.allow(Set.of("period_max", "flag_at", "deny_at"));
    int periodMax = json.within("period_max", 2, RunState.RECENT_MAX / 4, DEFAULT.cycle.periodMax);
    int roundsMax = RunState.RECENT_MAX / periodMax;
    int flagAt = json.within("flag_at", 2, roundsMax, DEFAULT.cycle.flagAt);
    int denyAt = json.within("deny_at", flagAt, roundsMax, Math.max(flagAt, DEFAULT.cycle.denyAt));
    return new Cycle(periodMax, flagAt, denyAt);
  }

  private static Budgets budgets(JsonFields json) {
    json.allow(Set.of("calls_max", "calls_by_tool_max", "sums"));
    JsonFields byTool = json.object("calls_by_tool_max");
    byTool.tree().keySet().forEach(tool -> atLeastZero(byTool, tool));
    List<SumBudget> sums = new ArrayList<>();
    for (JsonFields sum : json.objects("sums")) {
      SumBudget budget = sum(sum);
      if (sums.stream().anyMatch(other -> other.name().equals(budget.name()))) {
        throw sum.refusal("name", "is there twice");
      }
      sums.add(budget);
    }
    OptionalLong callsMax =
        json.has("calls_max")
            ? OptionalLong.of(atLeastZero(json, "calls_max"))
            : OptionalLong.empty();
    return new Budgets(callsMax, byTool.wholes(), sums);
  }

  private static SumBudget sum(JsonFields json) {
    json.allow(Set.of("name", "tool", "argument", "max"));
    for (String name : List.of("name", "tool")) {
      if (json.text(name).isBlank() || json.text(name).length() > Limits.TOOL_CHARACTERS_MAX) {
        throw json.refusal(name, "must have 1 to " + Limits.TOOL_CHARACTERS_MAX + " characters");
      }
    }
    if (!json.text("argument").startsWith("/")) {
      throw json.refusal("argument", "must be a JSON Pointer, like /amount");
    }
    if (json.number("max") < 0) {
      throw json.refusal("max", "must not be negative");
    }
    return new SumBudget(
        json.text("name"), json.text("tool"), json.text("argument"), json.number("max"));
  }

  private static long atLeastZero(JsonFields json, String name) {
    long value = json.whole(name);
    if (value < 0) {
      throw json.refusal(name, "must not be negative");
    }
    return value;
  }

  /** The canonical content. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("repeat", Map.of("flag_at", repeat.flagAt, "deny_at", repeat.denyAt));
    json.put(
        "cycle",
        Map.of("period_max", cycle.periodMax, "flag_at", cycle.flagAt, "deny_at", cycle.denyAt));
    Map<String, @Nullable Object> spent = new LinkedHashMap<>();
    budgets.callsMax.ifPresent(max -> spent.put("calls_max", max));
    spent.put("calls_by_tool_max", budgets.callsByToolMax);
    spent.put("sums", budgets.sums.stream().map(LoopGuardSettings::sumToJson).toList());
    json.put("budgets", spent);
    return json;
  }

  private static Map<String, Object> sumToJson(SumBudget sum) {
    return Map.of("name", sum.name, "tool", sum.tool, "argument", sum.argument, "max", sum.max);
  }
}
