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
 *
 * @param verdict the strongest that any of the reasons stands for
 * @param effect the strongest that any of the reasons has, each under its rule's state and the
 *     environment's mode
 * @param intent the Intent Guard's score; null where it did not judge
 * @param shadow what rules in shadow would have said: kept and counted, never answered
 */
public record Decision(
    Verdict verdict,
    Effect effect,
    Mode mode,
    List<Reason> reasons,
    List<Reason> shadow,
    @Nullable IntentScore intent,
    String policySnapshot,
    String evaluatorVersion) {

  /** The member of a kept decision that is no part of its answer. */
  public static final String SHADOW = "shadow";

  /** Without an Intent Guard. */
  public Decision(
      Verdict verdict,
      Effect effect,
      Mode mode,
      List<Reason> reasons,
      List<Reason> shadow,
      String policySnapshot,
      String evaluatorVersion) {
    this(verdict, effect, mode, reasons, shadow, null, policySnapshot, evaluatorVersion);
  }

  public Decision {
    reasons = List.copyOf(reasons);
    shadow = List.copyOf(shadow);
  }

  /** As it is kept: the answer, and what rules in shadow would have said. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = answer();
    if (!shadow.isEmpty()) {
      json.put(SHADOW, shadow.stream().map(Reason::toJson).toList());
    }
    return json;
  }

  /** As the caller gets it. */
  public Map<String, @Nullable Object> answer() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("verdict", verdict.wire());
    json.put("effect", effect.wire());
    json.put("mode", mode.wire());
    json.put("reasons", reasons.stream().map(Reason::toJson).toList());
    if (intent != null) {
      json.put("intent", intent.toJson());
    }
    json.put("policy_snapshot", policySnapshot);
    Map<String, @Nullable Object> evaluator = new LinkedHashMap<>();
    evaluator.put("version", evaluatorVersion);
    json.put("evaluator", evaluator);
    return json;
  }
}
