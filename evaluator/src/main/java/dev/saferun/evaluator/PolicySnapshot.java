package dev.saferun.evaluator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is ready to decide: immutable, safe for many threads, named by the hash of its
 * content. A decision takes the reference once and carries it to the record.
 */
public final class PolicySnapshot {

  private final PolicyContent content;
  private final String id;

  private PolicySnapshot(PolicyContent content, String id) {
    this.content = content;
    this.id = id;
  }

  public static PolicySnapshot of(PolicyContent content) {
    return of(content, null);
  }

  /**
   * Compiles only what the previous snapshot has not compiled yet.
   *
   * @throws UnusableRuleException where a rule has faults: the caller keeps the last good snapshot
   */
  public static PolicySnapshot of(PolicyContent content, @Nullable PolicySnapshot previous) {
    return new PolicySnapshot(content, "sha256:");
  }

  /** {@code sha256:} and the hash of the canonical content, in hex. */
  public String id() {
    return id;
  }

  public PolicyContent content() {
    return content;
  }

  public Decision decide(Check check, RunState before) {
    return new Decision(
        Verdict.ALLOW,
        Effect.of(Verdict.ALLOW, content.mode()),
        content.mode(),
        List.of(),
        id,
        EvaluatorVersion.CURRENT);
  }

  /** The run's state after a call that was let through. */
  public RunState after(Check check, RunState before) {
    return after(check, before, Effect.PROCEED);
  }

  /**
   * The run's state after the call. A stopped call counts as a call, so that retrying it is seen as
   * a loop, but it does not use up a sum: nothing was spent.
   */
  public RunState after(Check check, RunState before, Effect effect) {
    return before;
  }
}
