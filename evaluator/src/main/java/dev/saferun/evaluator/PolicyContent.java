package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that decides in one environment, as data. The rules stand in the order of their names: no
 * rule goes before another, so two contents with the same rules are the same content.
 */
public record PolicyContent(
    Mode mode,
    OnError onErrorDefault,
    List<ActiveRule> rules,
    LoopGuardSettings loopGuard,
    IntentSettings intent) {

  private static final Comparator<ActiveRule> BY_NAME =
      Comparator.comparing(active -> active.rule().name());

  public PolicyContent {
    rules = rules.stream().sorted(BY_NAME).toList();
  }

  /** Without an Intent Guard. */
  public PolicyContent(
      Mode mode, OnError onErrorDefault, List<ActiveRule> rules, LoopGuardSettings loopGuard) {
    this(mode, onErrorDefault, rules, loopGuard, IntentSettings.OFF);
  }

  /** The versions of the rules, whatever their state. */
  public List<RuleVersion> versions() {
    return rules.stream().map(ActiveRule::rule).toList();
  }

  /**
   * What a snapshot's id is the hash of. It names each rule by the hash of its content, so that an
   * edit of one rule among thousands keeps only that rule anew.
   */
  public Map<String, @Nullable Object> manifest() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mode", mode.wire());
    json.put("on_error", onErrorDefault.wire());
    json.put("rules", rules.stream().map(ActiveRule::manifest).toList());
    json.put("loop_guard", loopGuard.toJson());
    json.put("intent", intent.toJson());
    return json;
  }

  /** The ids of the rule versions that a manifest names. */
  public static List<UUID> rulesOf(Map<String, @Nullable Object> manifest) {
    return new JsonFields(manifest, "")
        .objects("rules").stream().map(line -> UUID.fromString(line.text("id"))).toList();
  }

  /**
   * The content that a {@link #manifest} stands for, with the rules that it names by their hash.
   */
  public static PolicyContent of(Map<String, @Nullable Object> manifest, List<RuleVersion> rules) {
    Map<String, ActiveRule> byHash = new HashMap<>();
    for (RuleVersion rule : rules) {
      ActiveRule active = ActiveRule.of(rule, RuleState.BLOCK);
      byHash.put(active.sha256(), active);
    }
    JsonFields fields = new JsonFields(manifest, "");
    List<ActiveRule> named = new ArrayList<>();
    for (JsonFields line : fields.objects("rules")) {
      ActiveRule found = byHash.get(line.text("sha256"));
      if (found == null) {
        throw line.refusal("sha256", "is not the hash of any rule that is there");
      }
      named.add(found.in(RuleState.valueOf(line.text("state").toUpperCase(Locale.ROOT))));
    }
    return new PolicyContent(
        Mode.valueOf(fields.text("mode").toUpperCase(Locale.ROOT)),
        OnError.valueOf(fields.text("on_error").toUpperCase(Locale.ROOT)),
        named,
        LoopGuardSettings.fromJson(fields.object("loop_guard").tree()),
        IntentSettings.of(fields.object("intent")));
  }

  /** The whole content in one document: the manifest, and beside it the rules that it names. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("manifest", manifest());
    json.put("rules", versions().stream().map(RuleVersion::toJson).toList());
    return json;
  }

  /**
   * The content that {@link #toJson} wrote. It is for our own documents: what a person sends is
   * checked field by field before.
   */
  public static PolicyContent fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    return of(
        fields.object("manifest").tree(),
        fields.objects("rules").stream().map(RuleVersion::fromJson).toList());
  }
}
