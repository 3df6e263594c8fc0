package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides in one environment, in the order of the rules' names; rules that are
 * switched off are not part of it.
 */
public record PolicyContent(
    Mode mode, OnError onErrorDefault, List<RuleVersion> rules, LoopGuardSettings loopGuard) {

  public PolicyContent {
    rules =
        rules.stream()
            .filter(RuleVersion::enabled)
            .sorted(Comparator.comparing(RuleVersion::name))
            .toList();
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", 1L);
    json.put("evaluator", EvaluatorVersion.CURRENT);
    json.put("mode", mode.wire());
    json.put("on_error_default", onErrorDefault.wire());
    json.put("rules", rules.stream().map(RuleVersion::toJson).toList());
    json.put("loop_guard", loopGuard.toJson());
    return json;
  }
}
