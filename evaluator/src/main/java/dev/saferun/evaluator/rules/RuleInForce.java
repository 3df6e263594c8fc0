package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an activation: the version of a rule that an environment has from then on, and its
 * state there.
 */
public record RuleInForce(String rule, int version, UUID versionId, RuleState state) {

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", rule);
    json.put("version", (long) version);
    json.put("state", state.wire());
    return json;
  }
}
