package dev.saferun.evaluator;

import dev.saferun.evaluator.engine.Engine;
import dev.saferun.platform.CanonicalJson;
import java.util.List;
import java.util.function.Predicate;

/**
 * A policy that is ready to decide: immutable, safe for many threads, named by the hash of its
 * content. A decision takes the reference once and carries it to the record.
 *
 * <p>Making one compiles its rules, which takes milliseconds a rule: never on a request's thread.
 */
public final class PolicySnapshot {

  private final PolicyContent content;
  private final byte[] manifest;
  private final String id;
  private final Engine engine;

  private PolicySnapshot(PolicyContent content, byte[] manifest, String id, Engine engine) {
    this.content = content;
    this.manifest = manifest;
    this.id = id;
    this.engine = engine;
  }

  public static PolicySnapshot of(PolicyContent content) {
    return of(content, List.of());
  }

  /**
   * Compiles only the conditions that none of the known snapshots holds.
   *
   * @throws UnusableRuleException where a rule that is switched on has faults: nothing was made,
   *     the caller keeps the last good snapshot
   */
  public static PolicySnapshot of(PolicyContent content, List<PolicySnapshot> known) {
    byte[] manifest = CanonicalJson.write(content.manifest());
    String id = "sha256:" + ActiveRule.sha256(manifest);
    List<Engine> engines = known.stream().map(snapshot -> snapshot.engine).toList();
    return new PolicySnapshot(content, manifest, id, Engine.of(content, id, engines));
  }

  /** {@code sha256:} and the hash of the content's canonical manifest, in hex. */
  public String id() {
    return id;
  }

  /** The content's canonical manifest, to be kept as long as a decision names the snapshot. */
  public byte[] manifest() {
    return manifest.clone();
  }

  public PolicyContent content() {
    return content;
  }

  /**
   * Decides the call and counts it. A pure function: the same content, check and state give the
   * same decision, byte for byte.
   *
   * <p>A stopped call counts as a call, so that retrying it is seen as a loop, but it does not use
   * up a sum: nothing was spent.
   */
  public Evaluation evaluate(Check check, RunState before) {
    return engine.evaluate(check, before);
  }

  /**
   * Decides a recorded call again by the same code. Where redaction took what a rule needs, the
   * rule is undecidable, and the answer says so.
   */
  public Redecision decideAgain(Recorded call) {
    return engine.decideAgain(call);
  }

  /** Decides a recorded call again and says why: each wanted rule of its tool, taken apart. */
  public Explanation explain(Recorded call, Predicate<String> wanted) {
    return engine.explain(call, wanted);
  }

  /** What the call would add to the windows that its decision asks for. */
  public List<WindowUse> uses(Check check) {
    return engine.uses(check);
  }

  /** The decision alone. */
  public Decision decide(Check check, RunState before) {
    return engine.decide(check, before);
  }

  /** The state alone; where both are needed, {@link #evaluate} does the work once. */
  public RunState after(Check check, RunState before) {
    return evaluate(check, before).after();
  }
}
