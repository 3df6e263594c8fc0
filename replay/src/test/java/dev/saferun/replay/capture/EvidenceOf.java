package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.Originals;
import dev.saferun.redaction.Redacted;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Sealed;
import dev.saferun.redaction.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decides a call and makes what is kept of it, for tests of other packages. */
public final class EvidenceOf {

  private static final UUID ORGANIZATION = new UUID(1, 2);
  private static final UUID DECISION = new UUID(3, 4);
  private static final DataKey KEY =
      new DataKey(new UUID(5, 6), new SecretKeySpec(new byte[32], "AES"));
  private static final Redactor REDACTOR =
      new Redactor(new DerivedTokenKeys(new byte[32]), Evidence.MEMBERS);

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
    return decided(RedactionPolicy.standard(), policy, check, before);
  }

  /** The same under another redaction policy; what is sealed is closed with a key of the test's. */
  public static Kept decided(
      RedactionPolicy redaction, PolicySnapshot policy, Check check, RunState before) {
    Evaluation evaluation = policy.evaluate(check, before);
    Decided decided = new Decided(evaluation.decision(), evaluation.after(), 3);
    return kept(redaction, check, before, decided);
  }

  /** What is kept with the originals in the places of their tokens. */
  public static Map<String, @Nullable Object> whole(Kept kept) {
    Map<String, @Nullable Object> document =
        Evidence.object(StrictJson.parse(kept.evidence(), CheckedCall.EVIDENCE_DEPTH_MAX));
    Sealed sealed = kept.redacted().sealed();
    return sealed == null
        ? document
        : Originals.open(document, sealed, KEY, ORGANIZATION, DECISION).in(document);
  }

  public static Kept kept(Check check, RunState before, Decided decided) {
    return kept(RedactionPolicy.standard(), check, before, decided);
  }

  private static Kept kept(
      RedactionPolicy redaction, Check check, RunState before, Decided decided) {
    Redacted redacted =
        REDACTOR.redact(
            redaction,
            new Subject(ORGANIZATION, DECISION, KEY),
            Evidence.action(check, before, decided, DECISION, Instant.EPOCH, null));
    return new Kept(redacted, decided.after());
  }
}
