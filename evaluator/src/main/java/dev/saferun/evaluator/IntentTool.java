package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project knows of one tool better than its name tells; null is as the name tells.
 *
 * @param effect what it does
 * @param minorUnits whether it counts money in the smallest unit
 */
public record IntentTool(
    @Nullable Double flagAt,
    @Nullable Double escalateAt,
    @Nullable Double denyAt,
    @Nullable ToolEffect effect,
    @Nullable Boolean minorUnits) {

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "flag_at", flagAt);
    put(json, "escalate_at", escalateAt);
    put(json, "deny_at", denyAt);
    put(json, "effect", effect == null ? null : effect.wire());
    put(json, "minor_units", minorUnits);
    return json;
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static IntentTool of(JsonFields json) {
    json.allow(Set.of("flag_at", "escalate_at", "deny_at", "effect", "minor_units"));
    IntentThresholds.of(json, IntentThresholds.STANDARD);
    return new IntentTool(
        json.has("flag_at") ? json.number("flag_at") : null,
        json.has("escalate_at") ? json.number("escalate_at") : null,
        json.has("deny_at") ? json.number("deny_at") : null,
        json.has("effect") ? effect(json) : null,
        json.has("minor_units") ? json.flag("minor_units") : null);
  }

  private static ToolEffect effect(JsonFields json) {
    String wire = json.text("effect");
    for (ToolEffect effect : ToolEffect.values()) {
      if (effect.name().toLowerCase(Locale.ROOT).equals(wire)) {
        return effect;
      }
    }
    throw json.refusal("effect", "must be read, write, send or destroy");
  }
}
