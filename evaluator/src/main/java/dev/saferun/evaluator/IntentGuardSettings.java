package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Intent Guard of a project: what holds in all its environments, what differs in some, and what
 * the project knows of its tools better than their names tell.
 */
public record IntentGuardSettings(
    IntentSettings standard, Map<String, Differing> environments, Map<String, IntentTool> tools) {

  /** As a project begins. */
  public static final IntentGuardSettings STANDARD =
      new IntentGuardSettings(IntentSettings.STANDARD, Map.of(), Map.of());

  /** Environments and tools, each. */
  public static final int ENTRIES_MAX = 500;

  private static final Set<String> LEVELS =
      Set.of("on", "flag_at", "escalate_at", "deny_at", "unavailable");

  public IntentGuardSettings {
    environments = Map.copyOf(environments);
    tools = Map.copyOf(tools);
  }

  /** What one environment has otherwise; null is as everywhere. */
  public record Differing(
      @Nullable Boolean on,
      @Nullable Double flagAt,
      @Nullable Double escalateAt,
      @Nullable Double denyAt,
      @Nullable Verdict unavailable) {}

  /** The guard of one environment, by the environment's name. */
  public IntentSettings in(String environment) {
    Differing differing = environments.get(environment);
    IntentSettings all = standard.with(tools);
    return differing == null
        ? all
        : new IntentSettings(
            differing.on == null ? all.on() : differing.on,
            all.model(),
            all.thresholds().with(differing.flagAt, differing.escalateAt, differing.denyAt),
            differing.unavailable == null ? all.unavailable() : differing.unavailable,
            all.tools());
  }

  /** As a person sends it: the model by its name. */
  public Map<String, @Nullable Object> toJson() {
    return json(standard.model().name());
  }

  /** As it is kept: with the model whole. */
  public Map<String, @Nullable Object> toStored() {
    return json(standard.model().toJson());
  }

  private Map<String, @Nullable Object> json(Object model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("on", standard.on());
    json.put("model", model);
    standard.thresholds().into(json);
    json.put("unavailable", standard.unavailable().wire());
    Map<String, @Nullable Object> byEnvironment = new LinkedHashMap<>();
    environments.forEach((name, differing) -> byEnvironment.put(name, json(differing)));
    json.put("environments", byEnvironment);
    Map<String, @Nullable Object> byTool = new LinkedHashMap<>();
    tools.forEach((name, tool) -> byTool.put(name, tool.toJson()));
    json.put("tools", byTool);
    return json;
  }

  private static Map<String, @Nullable Object> json(Differing differing) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "on", differing.on);
    put(json, "flag_at", differing.flagAt);
    put(json, "escalate_at", differing.escalateAt);
    put(json, "deny_at", differing.denyAt);
    put(json, "unavailable", differing.unavailable == null ? null : differing.unavailable.wire());
    return json;
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /** The model that a person's settings ask for; the product's own where they say none. */
  public static String modelOf(Map<String, @Nullable Object> tree) {
    JsonFields json = new JsonFields(tree, "");
    return json.has("model") ? json.text("model") : IntentModel.STANDARD.name();
  }

  /** What {@link #toStored} wrote. */
  public static IntentGuardSettings fromStored(Map<String, @Nullable Object> tree) {
    JsonFields json = new JsonFields(tree, "");
    return fromJson(tree, Optional.of(IntentModel.fromJson(json.object("model").tree())));
  }

  /**
   * Settings as a person sends them; what is left out has its standard.
   *
   * @param model the model of the name that they say, if there is one
   */
  public static IntentGuardSettings fromJson(
      Map<String, @Nullable Object> tree, Optional<IntentModel> model) {
    JsonFields json = new JsonFields(tree, "");
    json.allow(
        Set.of(
            "on",
            "model",
            "flag_at",
            "escalate_at",
            "deny_at",
            "unavailable",
            "environments",
            "tools"));
    IntentModel found =
        model.orElseThrow(() -> json.refusal("model", "is no model of this project"));
    IntentSettings all = IntentSettings.STANDARD;
    IntentThresholds thresholds = IntentThresholds.of(json, all.thresholds());
    Map<String, Differing> environments = new LinkedHashMap<>();
    JsonFields named = entries(json, "environments");
    for (String name : named.tree().keySet()) {
      environments.put(name, differing(named.object(name), thresholds));
    }
    Map<String, IntentTool> tools = new LinkedHashMap<>();
    JsonFields byTool = entries(json, "tools");
    for (String name : byTool.tree().keySet()) {
      tools.put(name, IntentTool.of(byTool.object(name)));
    }
    return new IntentGuardSettings(
        new IntentSettings(
            json.has("on") ? json.flag("on") : all.on(),
            found,
            thresholds,
            json.has("unavailable") ? verdict(json) : all.unavailable(),
            Map.of()),
        environments,
        tools);
  }

  private static JsonFields entries(JsonFields json, String name) {
    JsonFields entries = json.object(name);
    if (entries.tree().size() > ENTRIES_MAX) {
      throw entries.refusalOfAll("must have at most " + ENTRIES_MAX + " members");
    }
    return entries;
  }

  private static Differing differing(JsonFields json, IntentThresholds standard) {
    json.allow(LEVELS);
    IntentThresholds.of(json, standard);
    return new Differing(
        json.has("on") ? json.flag("on") : null,
        number(json, "flag_at"),
        number(json, "escalate_at"),
        number(json, "deny_at"),
        json.has("unavailable") ? verdict(json) : null);
  }

  private static @Nullable Double number(JsonFields json, String name) {
    return json.has(name) ? json.number(name) : null;
  }

  private static Verdict verdict(JsonFields json) {
    String wire = json.text("unavailable");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.name().toLowerCase(Locale.ROOT).equals(wire)) {
        return verdict;
      }
    }
    throw json.refusal("unavailable", "must be allow, flag, escalate or deny");
  }
}
