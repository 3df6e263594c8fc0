package dev.saferun.replay.proof;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.EvidenceOf;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A policy and the calls that it decides, from the few words that a test is about. */
final class ProofCase {

  private final CompiledPolicies compiled = new CompiledPolicies();
  private final PolicySnapshot policy;
  private final KeptPolicy kept;

  private ProofCase(PolicyContent content) {
    this.policy = PolicySnapshot.of(content);
    this.kept =
        new KeptPolicy(policy.id(), CanonicalJson.write(content.manifest()), content.versions());
  }

  static ProofCase of(String... rules) {
    return guarded("{}", rules);
  }

  /** Rules as {@code name: condition}; each stands for deny and is blocking. */
  static ProofCase guarded(String loopGuard, String... rules) {
    List<ActiveRule> active = new ArrayList<>();
    for (String rule : rules) {
      int colon = rule.indexOf(':');
      active.add(
          ActiveRule.of(
              rule(rule.substring(0, colon), rule.substring(colon + 1).strip()), RuleState.BLOCK));
    }
    return new ProofCase(
        new PolicyContent(
            Mode.BLOCK, OnError.IGNORE, active, LoopGuardSettings.fromJson(json(loopGuard))));
  }

  static RuleVersion rule(String name, String condition) {
    return new RuleVersion(
        new UUID(1, name.hashCode()),
        name,
        1,
        condition,
        Verdict.DENY,
        "Why not.",
        List.of(),
        Optional.empty());
  }

  KeptPolicy kept() {
    return kept;
  }

  PolicySnapshot policy() {
    return policy;
  }

  EvidenceOf.Kept decided(String arguments, String context) {
    return EvidenceOf.decided(policy, call(arguments, context), RunState.NEW);
  }

  Finding finding(EvidenceOf.Kept frame) {
    return finding(frame.evidence(), frame.sha256(), kept);
  }

  Finding finding(byte[] evidence, byte[] sha256, KeptPolicy by) {
    return Proof.open(evidence, sha256).finding(Optional.of(by.open()), compiled);
  }

  static Check call(String arguments, String context) {
    return new Check(
        "run-1",
        3L,
        json("{'name':'assistant'}"),
        json("{'tool':'pay','arguments':%s}".formatted(arguments)),
        json(context),
        null);
  }

  /** A JSON object, written with single quotes. */
  static Map<String, @Nullable Object> json(String text) {
    return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
