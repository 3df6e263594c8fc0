package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.Redacted;
import dev.saferun.redaction.RedactedMembers;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Subject;
import java.time.Instant;
import java.util.UUID;

/** Decides a call and makes what is kept of it, for tests of other packages. */
public final class EvidenceOf {

  private static final UUID ORGANIZATION = new UUID(1, 2);
  private static final UUID DECISION = new UUID(3, 4);
  private static final Redactor REDACTOR =
      new Redactor(
          new DerivedTokenKeys(new byte[32]),
          new RedactedMembers(Evidence.STRUCTURAL_MEMBERS, Evidence.CAPTURED_MEMBERS));

  private EvidenceOf() {}

  /** What is kept, and the run's state after the call. */
  public record Kept(Redacted redacted, RunState after) {

    public byte[] evidence() {
      return redacted.bytes();
    }

    public byte[] sha256() {
      return redacted.sha256();
    }
  }

  public static Kept decided(PolicySnapshot policy, Check check, RunState before) {
    Evaluation evaluation = policy.evaluate(check, before);
    return kept(check, before, new Decided(evaluation.decision(), evaluation.after(), 3));
  }

  public static Kept kept(Check check, RunState before, Decided decided) {
    Redacted redacted =
        REDACTOR.redact(
            RedactionPolicy.standard(),
            new Subject(ORGANIZATION, DECISION, null),
            Evidence.action(check, before, decided, DECISION, Instant.EPOCH, null));
    return new Kept(redacted, decided.after());
  }
}
