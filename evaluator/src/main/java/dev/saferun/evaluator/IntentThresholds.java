package dev.saferun.evaluator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From which score on a call is flagged, held for a person, and denied. Where two are the same, the
 * stronger counts.
 */
public record IntentThresholds(double flagAt, double escalateAt, double denyAt) {

  public static final IntentThresholds STANDARD = new IntentThresholds(0.5, 0.8, 0.8);

  public Verdict verdict(double score) {
    if (score >= denyAt) {
      return Verdict.DENY;
    }
    if (score >= escalateAt) {
      return Verdict.ESCALATE;
    }
    return score >= flagAt ? Verdict.FLAG : Verdict.ALLOW;
  }

  /** The threshold that a score with that verdict has passed. */
  public double of(Verdict verdict) {
    return switch (verdict) {
      case DENY -> denyAt;
      case ESCALATE -> escalateAt;
      case FLAG, ALLOW -> flagAt;
    };
  }

  /** With those that are said; the others move as little as their order asks. */
  IntentThresholds with(@Nullable Double flag, @Nullable Double escalate, @Nullable Double deny) {
    double flagged = flag == null ? flagAt : flag;
    double denied = deny == null ? Math.max(denyAt, flagged) : deny;
    double held = escalate == null ? Math.clamp(escalateAt, flagged, denied) : escalate;
    return new IntentThresholds(Math.min(flagged, held), held, denied);
  }

  void into(Map<String, @Nullable Object> json) {
    json.put("flag_at", flagAt);
    json.put("escalate_at", escalateAt);
    json.put("deny_at", denyAt);
  }

  /** Those that are said, from 0 to 1 and in order; the others move to where they may be. */
  static IntentThresholds of(JsonFields json, IntentThresholds defaults) {
    Double flag = within(json, "flag_at");
    Double escalate = within(json, "escalate_at");
    Double deny = within(json, "deny_at");
    if (flag != null && deny != null && deny < flag) {
      throw json.refusal("deny_at", "must not be below flag_at");
    }
    IntentThresholds all = defaults.with(flag, null, deny);
    if (escalate != null && (escalate < all.flagAt || escalate > all.denyAt)) {
      throw json.refusal("escalate_at", "must be from flag_at to deny_at");
    }
    return all.with(flag, escalate, deny);
  }

  private static @Nullable Double within(JsonFields json, String name) {
    if (!json.has(name)) {
      return null;
    }
    double value = json.number(name);
    if (!(value >= 0 && value <= 1)) {
      throw json.refusal(name, "must be from 0 to 1");
    }
    return value;
  }
}
