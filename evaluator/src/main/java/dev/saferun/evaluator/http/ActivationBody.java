package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.rules.ActivationRequest;
import dev.saferun.evaluator.rules.ActivationRequest.Wanted;
import dev.saferun.evaluator.rules.Grounds;
import dev.saferun.platform.BodyFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be in force in an environment from now on.
 *
 * @param comment why, at most 500 characters
 * @param rules all of them at once, or none
 */
record ActivationBody(
    String comment,
    List<RuleBodyLine> rules,
    @Nullable EvidenceBody evidence,
    @Nullable OverrideBody override) {

  /**
   * @param version the newest where none is named
   * @param state draft takes the rule out of the environment
   */
  record RuleBodyLine(
      String rule,
      @Nullable Integer version,
      @Schema(
              type = "string",
              allowableValues = {"draft", "shadow", "warn", "block"})
          String state) {}

  /**
   * @param backtest the id of a finished backtest of these very versions
   */
  record EvidenceBody(String backtest) {}

  /**
   * @param reason why it is done without, or against, what speaks; at most 500 characters
   */
  record OverrideBody(String reason) {}

  /** What restores an earlier activation. */
  record RestoreBody(
      String comment, @Nullable EvidenceBody evidence, @Nullable OverrideBody override) {}

  /** What was read of a restore. */
  record Restore(String comment, Grounds grounds) {}

  static ActivationRequest read(byte[] body) {
    BodyFields fields = BodyFields.read(body, "comment", "rules", "evidence", "override");
    return new ActivationRequest(
        Comments.required(fields, "comment"), rules(fields), grounds(fields));
  }

  static Restore readRestore(byte[] body) {
    BodyFields fields = BodyFields.read(body, "comment", "evidence", "override");
    return new Restore(Comments.required(fields, "comment"), grounds(fields));
  }

  private static List<Wanted> rules(BodyFields fields) {
    List<BodyFields> lines =
        fields
            .objects("rules", RequestLimits.RULES_PER_ACTIVATION.most(), "rule", "version", "state")
            .filter(all -> !all.isEmpty())
            .orElseThrow(() -> fields.absent("rules"));
    List<Wanted> rules = new ArrayList<>(lines.size());
    Set<String> named = new HashSet<>();
    for (BodyFields line : lines) {
      Wanted wanted = wanted(line);
      if (!named.add(wanted.rule())) {
        throw line.refusal("rule", "is named twice");
      }
      rules.add(wanted);
    }
    return rules;
  }

  private static Wanted wanted(BodyFields line) {
    String rule = line.text("rule").orElseThrow(() -> line.absent("rule"));
    if (rule.indexOf('\0') >= 0) {
      throw line.refusal("rule", "must not hold U+0000");
    }
    return new Wanted(
        rule,
        line.whole("version", 1, Integer.MAX_VALUE),
        line.choice("state", RuleState.values(), RuleState::wire)
            .orElseThrow(() -> line.absent("state")));
  }

  private static Grounds grounds(BodyFields fields) {
    return new Grounds(
        fields.object("evidence", "backtest").map(ActivationBody::backtest),
        fields.object("override", "reason").map(override -> Comments.required(override, "reason")));
  }

  private static UUID backtest(BodyFields evidence) {
    String text = evidence.text("backtest").orElseThrow(() -> evidence.absent("backtest"));
    Optional<UUID> id = id(text);
    return id.orElseThrow(() -> evidence.refusal("backtest", "must be the id of a backtest"));
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException fault) {
      return Optional.empty();
    }
  }
}
