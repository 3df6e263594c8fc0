package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that decides in one environment, as data. The rules stand in the order of their names: no
 * rule goes before another, so two contents with the same rules are the same content.
 */
public record PolicyContent(
    Mode mode, OnError onErrorDefault, List<RuleVersion> rules, LoopGuardSettings loopGuard) {

  public PolicyContent {
    rules = rules.stream().sorted(Comparator.comparing(RuleVersion::name)).toList();
  }

  /** The canonical content: what a snapshot's id is the hash of. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mode", mode.wire());
    json.put("on_error", onErrorDefault.wire());
    json.put("rules", rules.stream().map(RuleVersion::toJson).toList());
    json.put("loop_guard", loopGuard.toJson());
    return json;
  }

  /**
   * The content that {@link #toJson} wrote, so that a proof can decide again from what was kept. It
   * is for our own documents: what a person sends is checked field by field before.
   */
  public static PolicyContent fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    return new PolicyContent(
        Mode.valueOf(fields.text("mode").toUpperCase(Locale.ROOT)),
        OnError.valueOf(fields.text("on_error").toUpperCase(Locale.ROOT)),
        fields.objects("rules").stream().map(RuleVersion::fromJson).toList(),
        LoopGuardSettings.fromJson(fields.object("loop_guard").tree()));
  }
}
