package dev.saferun.replay.proof;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.EvaluatorVersion;
import dev.saferun.evaluator.Explanation;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Redecision;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.UnusableRuleException;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The proof of one decision: a pure function of the frame's bytes, of the hash that they were kept
 * with, and of the policy that the decision names. What the decision had from the run's earlier
 * calls stands in the frame and is taken from there.
 */
public final class Proof {

  private final @Nullable Finding known;
  private final Map<String, @Nullable Object> evidence;

  private Proof(@Nullable Finding known, Map<String, @Nullable Object> evidence) {
    this.known = known;
    this.evidence = evidence;
  }

  /** Looks at the frame; {@link #finding} then needs the policy that {@link #snapshot} names. */
  public static Proof open(byte[] evidence, byte[] expectedSha256) {
    if (!isWhole(evidence, expectedSha256)) {
      String name = "sha256:" + HexFormat.of().formatHex(expectedSha256);
      return new Proof(new Finding.Altered(Finding.Part.EVIDENCE, name), Map.of());
    }
    Map<String, @Nullable Object> tree;
    try {
      tree = object(StrictJson.parse(evidence, KeptCall.DEPTH_MAX));
    } catch (ProblemException fault) {
      return new Proof(unreadable(fault), Map.of());
    }
    return Evidence.ACTION.equals(tree.get("kind"))
        ? new Proof(otherEvaluator(tree), tree)
        : new Proof(new Finding.Altered(Finding.Part.EVIDENCE, "no decision was made in it"), tree);
  }

  /** The same with the frame's originals in their places: what was sealed is known to it. */
  Proof with(Map<String, @Nullable Object> whole) {
    return new Proof(known, whole);
  }

  /** Whether bytes are those that were kept. */
  public static boolean isWhole(byte[] evidence, byte[] expectedSha256) {
    try {
      byte[] found = MessageDigest.getInstance("SHA-256").digest(evidence);
      return MessageDigest.isEqual(found, expectedSha256);
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }

  /** Its hash was made anew, for nothing of ours ever wrote this. */
  private static Finding unreadable(RuntimeException fault) {
    return new Finding.Altered(Finding.Part.EVIDENCE, "not readable: " + fault.getMessage());
  }

  private static @Nullable Finding otherEvaluator(Map<String, @Nullable Object> evidence) {
    Object evaluator = object(evidence.get("decision")).get("evaluator");
    String version = String.valueOf(object(evaluator).get("version"));
    return version.equals(EvaluatorVersion.CURRENT) ? null : new Finding.OtherEvaluator(version);
  }

  /** The policy that the decision was made by; empty where none can be read any more. */
  public Optional<String> snapshot() {
    return object(evidence.get("decision")).get("policy_snapshot") instanceof String id
        ? Optional.of(id)
        : Optional.empty();
  }

  /** The frame's tree; empty where its bytes are not those that were kept. */
  public Map<String, @Nullable Object> evidence() {
    return evidence;
  }

  /** What comes out, with the policy that {@link #snapshot} names; empty where it is not kept. */
  public Finding finding(Optional<KeptPolicy.Opened> policy, CompiledPolicies compiled) {
    if (known != null) {
      return known;
    }
    String id = snapshot().orElse("");
    if (policy.isEmpty() || !policy.get().snapshot().equals(id)) {
      return new Finding.Altered(Finding.Part.SNAPSHOT, id);
    }
    return switch (policy.get()) {
      case KeptPolicy.Opened.ManifestAltered altered ->
          new Finding.Altered(Finding.Part.SNAPSHOT, id);
      case KeptPolicy.Opened.RuleAltered altered ->
          new Finding.Altered(Finding.Part.RULE, altered.rule());
      case KeptPolicy.Opened.Whole whole -> decided(id, whole.content(), compiled);
    };
  }

  /**
   * Why it comes out as it does, rule by rule; empty where what it was decided from is not whole.
   * Another evaluator's decision is explained as this one would make it.
   *
   * @param wanted which of the tool's rules, by name
   */
  public Optional<Explanation> explanation(
      Optional<KeptPolicy.Opened> policy, CompiledPolicies compiled, Predicate<String> wanted) {
    if (known instanceof Finding.Altered
        || !(policy.orElse(null) instanceof KeptPolicy.Opened.Whole whole)
        || !whole.snapshot().equals(snapshot().orElse(""))) {
      return Optional.empty();
    }
    PolicySnapshot decider = compiled.of(whole.snapshot(), whole.content());
    return KeptCall.of(evidence).map(kept -> decider.explain(kept.call(), wanted));
  }

  private Finding decided(String id, PolicyContent content, CompiledPolicies compiled) {
    try {
      Optional<KeptCall> call = KeptCall.of(evidence);
      if (call.isEmpty()) {
        List<String> taken = Redactions.of(evidence).taken();
        return new Finding.Undecidable(List.of(new Finding.Source("run", 0)), false, taken);
      }
      Redecision again = compiled.of(id, content).decideAgain(call.get().call());
      return new Comparison(evidence, id).with(withSums(again, content), call.get().taken());
    } catch (UnusableRuleException refused) {
      return new Finding.Different("/policy_snapshot", id, String.valueOf(refused.getMessage()));
    } catch (ProblemException | IllegalArgumentException | NoSuchElementException fault) {
      return unreadable(fault);
    }
  }

  /**
   * Where a sum cannot be told, no rule that may read the run's sums is decidable. What it reads is
   * not known from outside, so its text alone says that it may.
   */
  private static Redecision withSums(Redecision again, PolicyContent content) {
    if (again.undecidable().stream().noneMatch(one -> one.version() == 0)) {
      return again;
    }
    List<Redecision.Undecidable> open = new ArrayList<>(again.undecidable());
    Set<String> known =
        again.undecidable().stream()
            .map(Redecision.Undecidable::source)
            .collect(Collectors.toSet());
    for (ActiveRule active : content.rules()) {
      RuleVersion rule = active.rule();
      if (rule.condition().contains("sums") && !known.contains(rule.name())) {
        open.add(
            new Redecision.Undecidable(rule.name(), rule.version(), active.state(), Verdict.DENY));
      }
    }
    return new Redecision(again.decision(), open);
  }
}
