package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Intent Guard of one environment.
 *
 * @param on whether it judges at all
 * @param flagAt from which score on a call is flagged
 * @param denyAt from which score on it is denied
 * @param unavailable the verdict on a call of which nothing could be measured
 */
public record IntentSettings(
    boolean on, IntentModel model, double flagAt, double denyAt, Verdict unavailable) {

  /** As an environment begins. */
  public static final IntentSettings STANDARD =
      new IntentSettings(true, IntentModel.STANDARD, 0.5, 0.8, Verdict.FLAG);

  /** Without a guard. */
  public static final IntentSettings OFF =
      new IntentSettings(false, IntentModel.STANDARD, 1, 1, Verdict.ALLOW);

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("on", on);
    if (on) {
      json.put("model", model.toJson());
      json.put("flag_at", flagAt);
      json.put("deny_at", denyAt);
      json.put("unavailable", unavailable.wire());
    }
    return json;
  }

  /** The settings that {@link #toJson} wrote; off where there are none. */
  static IntentSettings of(JsonFields fields) {
    return fields.has("on") && fields.flag("on")
        ? new IntentSettings(
            true,
            IntentModel.fromJson(fields.object("model").tree()),
            fields.number("flag_at"),
            fields.number("deny_at"),
            Verdict.valueOf(fields.text("unavailable").toUpperCase(Locale.ROOT)))
        : OFF;
  }
}
