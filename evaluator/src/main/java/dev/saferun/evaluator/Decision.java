package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verdict, effect and every reason, with the versions of all that took part. Holds nothing that
 * differs between two evaluations of the same input: no id, no time. Its canonical JSON is
 * therefore the same bytes each time.
 */
public record Decision(
    Verdict verdict,
    Effect effect,
    Mode mode,
    List<Reason> reasons,
    String policySnapshot,
    String evaluatorVersion) {

  public Decision {
    reasons = List.copyOf(reasons);
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("verdict", verdict.wire());
    json.put("effect", effect.wire());
    json.put("mode", mode.wire());
    json.put("reasons", reasons.stream().map(Reason::toJson).toList());
    json.put("policy_snapshot", policySnapshot);
    Map<String, @Nullable Object> evaluator = new LinkedHashMap<>();
    evaluator.put("version", evaluatorVersion);
    json.put("evaluator", evaluator);
    return json;
  }
}
