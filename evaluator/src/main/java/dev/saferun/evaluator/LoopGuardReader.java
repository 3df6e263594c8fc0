package dev.saferun.evaluator;

import dev.saferun.evaluator.LoopGuardSettings.Budgets;
import dev.saferun.evaluator.LoopGuardSettings.Cycle;
import dev.saferun.evaluator.LoopGuardSettings.Detector;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.LoopGuardSettings.Thresholds;
import dev.saferun.evaluator.LoopGuardSettings.ToolSettings;
import dev.saferun.evaluator.LoopGuardSettings.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the loop guard's settings and refuses what does not fit, with its place. */
final class LoopGuardReader {

  private static final LoopGuardSettings DEFAULT = LoopGuardSettings.DEFAULT;
  private static final Set<String> STEPS = Set.of("flag_at", "escalate_at", "deny_at");
  private static final int PERIOD_MAX = RecentCalls.CALLS_MAX / 4;

  private LoopGuardReader() {}

  static LoopGuardSettings read(JsonFields json) {
    json.allow(
        Set.of(
            "repeat", "cycle", "no_progress", "error", "stop_run", "tools", "budgets", "windows"));
    return new LoopGuardSettings(
        steps(json.object("repeat"), DEFAULT.repeat()),
        cycle(json.object("cycle")),
        steps(json.object("no_progress"), DEFAULT.noProgress()),
        steps(json.object("error"), DEFAULT.error()),
        json.has("stop_run") ? json.flag("stop_run") : DEFAULT.stopRun(),
        tools(json.object("tools")),
        budgets(json.object("budgets")),
        windows(json));
  }

  private static Thresholds steps(JsonFields json, Thresholds defaults) {
    json.allow(STEPS);
    return steps(json, RecentCalls.CALLS_MAX, defaults);
  }

  /** What is left out has its default, moved to where the steps that are there let it be. */
  private static Thresholds steps(JsonFields json, int max, Thresholds defaults) {
    int flagAt = json.within("flag_at", 2, max, defaults.flagAt());
    int denyAt = json.within("deny_at", flagAt, max, Math.max(flagAt, defaults.denyAt()));
    int escalateAt =
        json.within(
            "escalate_at", flagAt, denyAt, Math.clamp(defaults.escalateAt(), flagAt, denyAt));
    return new Thresholds(flagAt, escalateAt, denyAt);
  }

  private static Cycle cycle(JsonFields json) {
    json.allow(Set.of("period_max", "flag_at", "escalate_at", "deny_at"));
    int periodMax = json.within("period_max", 2, PERIOD_MAX, DEFAULT.cycle().periodMax());
    return new Cycle(
        periodMax, steps(json, RecentCalls.CALLS_MAX / periodMax, DEFAULT.cycle().rounds()));
  }

  private static Map<String, ToolSettings> tools(JsonFields json) {
    if (json.tree().size() > LoopGuardSettings.TOOLS_MAX) {
      throw json.refusalOfAll("must have at most " + LoopGuardSettings.TOOLS_MAX + " tools");
    }
    Map<String, ToolSettings> tools = new LinkedHashMap<>();
    for (String tool : json.tree().keySet()) {
      requireName(json, tool, tool);
      tools.put(tool, tool(json.object(tool)));
    }
    return tools;
  }

  private static ToolSettings tool(JsonFields json) {
    json.allow(Set.of("exempt", "grows"));
    Set<Detector> exempt = EnumSet.noneOf(Detector.class);
    List<String> names = json.texts("exempt");
    for (int i = 0; i < names.size(); i++) {
      exempt.add(detector(json, names.get(i), i));
    }
    return new ToolSettings(exempt, pointer(json, "grows"));
  }

  private static Detector detector(JsonFields json, String name, int at) {
    for (Detector detector : Detector.values()) {
      if (detector.wire().equals(name)) {
        return detector;
      }
    }
    throw json.refusalIn("exempt", at, "must be repeat, cycle, no_progress or error");
  }

  private static Budgets budgets(JsonFields json) {
    json.allow(
        Set.of("calls_flag_at", "calls_escalate_at", "calls_max", "calls_by_tool_max", "sums"));
    JsonFields byTool = json.object("calls_by_tool_max");
    byTool.tree().keySet().forEach(tool -> atLeastZero(byTool, tool));
    return new Budgets(
        whole(json, "calls_flag_at"),
        whole(json, "calls_escalate_at"),
        whole(json, "calls_max"),
        byTool.wholes(),
        sums(json));
  }

  private static List<SumBudget> sums(JsonFields json) {
    Set<String> names = new HashSet<>();
    List<SumBudget> sums = new ArrayList<>();
    for (JsonFields sum : json.objects("sums")) {
      sum.allow(Set.of("name", "tool", "argument", "max"));
      sums.add(
          new SumBudget(
              uniqueName(sum, names),
              requireName(sum, "tool", sum.text("tool")),
              pointer(sum, "argument").orElseThrow(() -> sum.refusal("argument", "is missing")),
              amount(sum, "max")));
    }
    return sums;
  }

  private static List<Window> windows(JsonFields json) {
    Set<String> names = new HashSet<>();
    List<Window> windows = new ArrayList<>();
    for (JsonFields window : json.objects("windows")) {
      if (windows.size() == LoopGuardSettings.WINDOWS_MAX) {
        throw json.refusal("windows", "must be at most " + LoopGuardSettings.WINDOWS_MAX);
      }
      windows.add(window(window, names));
    }
    return windows;
  }

  private static Window window(JsonFields json, Set<String> names) {
    json.allow(
        Set.of("name", "scope", "seconds", "tool", "argument", "flag_at", "escalate_at", "max"));
    return new Window(
        uniqueName(json, names),
        scope(json),
        length(json),
        json.has("tool")
            ? Optional.of(requireName(json, "tool", json.text("tool")))
            : Optional.empty(),
        pointer(json, "argument"),
        number(json, "flag_at"),
        number(json, "escalate_at"),
        amount(json, "max"));
  }

  private static WindowScope scope(JsonFields json) {
    String name = json.text("scope");
    for (WindowScope scope : WindowScope.values()) {
      if (scope.wire().equals(name)) {
        return scope;
      }
    }
    throw json.refusal("scope", "must be run, agent or project");
  }

  private static Duration length(JsonFields json) {
    json.whole("seconds");
    int max = (int) LoopGuardSettings.WINDOW_MAX.toSeconds();
    return Duration.ofSeconds(json.within("seconds", 1, max, 1));
  }

  private static String uniqueName(JsonFields json, Set<String> names) {
    String name = requireName(json, "name", json.text("name"));
    if (!names.add(name)) {
      throw json.refusal("name", "is there twice");
    }
    return name;
  }

  private static String requireName(JsonFields json, String field, String name) {
    if (name.isBlank() || name.length() > Limits.TOOL_CHARACTERS_MAX) {
      throw json.refusal(field, "must have 1 to " + Limits.TOOL_CHARACTERS_MAX + " characters");
    }
    return name;
  }

  private static Optional<String> pointer(JsonFields json, String field) {
    if (!json.has(field)) {
      return Optional.empty();
    }
    if (!json.text(field).startsWith("/")) {
      throw json.refusal(field, "must be a JSON Pointer, like /amount");
    }
    return Optional.of(json.text(field));
  }

  private static OptionalDouble number(JsonFields json, String field) {
    return json.has(field) ? OptionalDouble.of(amount(json, field)) : OptionalDouble.empty();
  }

  private static double amount(JsonFields json, String field) {
    double value = json.number(field);
    if (value < 0) {
      throw json.refusal(field, "must not be negative");
    }
    return value;
  }

  private static OptionalLong whole(JsonFields json, String field) {
    return json.has(field) ? OptionalLong.of(atLeastZero(json, field)) : OptionalLong.empty();
  }

  private static long atLeastZero(JsonFields json, String field) {
    long value = json.whole(field);
    if (value < 0) {
      throw json.refusal(field, "must not be negative");
    }
    return value;
  }
}
