package dev.saferun.evaluator;

import dev.saferun.evaluator.LoopGuardSettings.Budgets;
import dev.saferun.evaluator.LoopGuardSettings.Detector;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.LoopGuardSettings.Thresholds;
import dev.saferun.evaluator.LoopGuardSettings.ToolSettings;
import dev.saferun.evaluator.LoopGuardSettings.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the loop guard's settings as {@link LoopGuardReader} reads them. */
final class LoopGuardWriter {

  private LoopGuardWriter() {}

  static Map<String, @Nullable Object> write(LoopGuardSettings settings) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("repeat", steps(settings.repeat()));
    Map<String, Object> cycle = steps(settings.cycle().rounds());
    cycle.put("period_max", settings.cycle().periodMax());
    json.put("cycle", cycle);
    json.put("no_progress", steps(settings.noProgress()));
    json.put("error", steps(settings.error()));
    json.put("stop_run", settings.stopRun());
    Map<String, Object> tools = new LinkedHashMap<>();
    settings.tools().forEach((tool, own) -> tools.put(tool, tool(own)));
    json.put("tools", tools);
    json.put("budgets", budgets(settings.budgets()));
    json.put("windows", settings.windows().stream().map(LoopGuardWriter::window).toList());
    return json;
  }

  private static Map<String, Object> steps(Thresholds steps) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flag_at", steps.flagAt());
    json.put("escalate_at", steps.escalateAt());
    json.put("deny_at", steps.denyAt());
    return json;
  }

  private static Map<String, Object> tool(ToolSettings own) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("exempt", own.exempt().stream().sorted().map(Detector::wire).toList());
    own.grows().ifPresent(argument -> json.put("grows", argument));
    return json;
  }

  private static Map<String, Object> budgets(Budgets budgets) {
    Map<String, Object> json = new LinkedHashMap<>();
    budgets.callsFlagAt().ifPresent(at -> json.put("calls_flag_at", at));
    budgets.callsEscalateAt().ifPresent(at -> json.put("calls_escalate_at", at));
    budgets.callsMax().ifPresent(max -> json.put("calls_max", max));
    json.put("calls_by_tool_max", budgets.callsByToolMax());
    json.put("sums", budgets.sums().stream().map(LoopGuardWriter::sum).toList());
    return json;
  }

  private static Map<String, Object> sum(SumBudget sum) {
    return Map.of(
        "name", sum.name(), "tool", sum.tool(), "argument", sum.argument(), "max", sum.max());
  }

  private static Map<String, Object> window(Window window) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", window.name());
    json.put("scope", window.scope().wire());
    json.put("seconds", window.length().toSeconds());
    window.tool().ifPresent(tool -> json.put("tool", tool));
    window.argument().ifPresent(argument -> json.put("argument", argument));
    window.flagAt().ifPresent(at -> json.put("flag_at", at));
    window.escalateAt().ifPresent(at -> json.put("escalate_at", at));
    json.put("max", window.max());
    return json;
  }
}
