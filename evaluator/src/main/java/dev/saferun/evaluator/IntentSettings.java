package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Intent Guard of one environment.
 *
 * @param on whether it judges at all
 * @param unavailable the verdict on a call of which nothing could be measured
 * @param tools what is known of single tools, by their names
 */
public record IntentSettings(
    boolean on,
    IntentModel model,
    IntentThresholds thresholds,
    Verdict unavailable,
    Map<String, IntentTool> tools) {

  /** As an environment begins. */
  public static final IntentSettings STANDARD =
      new IntentSettings(
          true, IntentModel.STANDARD, IntentThresholds.STANDARD, Verdict.FLAG, Map.of());

  /** Without a guard. */
  public static final IntentSettings OFF =
      new IntentSettings(
          false, IntentModel.STANDARD, IntentThresholds.STANDARD, Verdict.ALLOW, Map.of());

  public IntentSettings {
    tools = Map.copyOf(tools);
  }

  IntentSettings with(Map<String, IntentTool> known) {
    return new IntentSettings(on, model, thresholds, unavailable, known);
  }

  /** The thresholds for calls of one tool. */
  public IntentThresholds thresholds(String tool) {
    IntentTool known = tools.get(tool);
    return known == null
        ? thresholds
        : thresholds.with(known.flagAt(), known.escalateAt(), known.denyAt());
  }

  /** What is known of a tool beside its name; null where that is nothing. */
  public @Nullable IntentTool tool(String name) {
    return tools.get(name);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("on", on);
    if (on) {
      json.put("model", model.toJson());
      thresholds.into(json);
      json.put("unavailable", unavailable.wire());
      Map<String, @Nullable Object> byTool = new LinkedHashMap<>();
      tools.forEach((name, tool) -> byTool.put(name, tool.toJson()));
      json.put("tools", byTool);
    }
    return json;
  }

  /** The settings that {@link #toJson} wrote; off where there are none. */
  static IntentSettings of(JsonFields fields) {
    if (!fields.has("on") || !fields.flag("on")) {
      return OFF;
    }
    Map<String, IntentTool> tools = new LinkedHashMap<>();
    JsonFields byTool = fields.object("tools");
    byTool.tree().keySet().forEach(name -> tools.put(name, IntentTool.of(byTool.object(name))));
    return new IntentSettings(
        true,
        IntentModel.fromJson(fields.object("model").tree()),
        IntentThresholds.of(fields, IntentThresholds.STANDARD),
        Verdict.valueOf(fields.text("unavailable").toUpperCase(Locale.ROOT)),
        tools);
  }
}
