package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.platform.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a check. One that is durable was written with the frame and is passed on. */
final class CheckAnswer {

  private CheckAnswer() {}

  static byte[] write(Kept kept, String runId) {
    return switch (kept) {
      case Kept.Durable durable -> durable.answer();
      case Kept.Unrecorded unrecorded ->
          unrecorded(unrecorded.decisionId(), runId, unrecorded.decision());
      case Kept.Refused refused ->
          unrecorded(refused.decisionId(), runId, stopped(refused.decision()));
    };
  }

  /** No frame: there is none that could be read back. */
  private static byte[] unrecorded(UUID decisionId, String runId, Decision decision) {
    Map<String, @Nullable Object> answer = decision.answer();
    answer.put("decision_id", decisionId.toString());
    answer.put("run_id", runId);
    answer.put("recorded", false);
    return CanonicalJson.write(answer);
  }

  /**
   * Stopped for want of a record. The verdict stays what was found: that nothing could be kept says
   * nothing against the call, and must never be read as a deny.
   */
  static Decision stopped(Decision decision) {
    List<Reason> reasons = new ArrayList<>(decision.reasons());
    reasons.add(
        new Reason(
            Reason.Kind.UNRECORDED,
            "journal",
            decision.verdict(),
            "The decision could not be recorded, and this environment stops what it cannot record.",
            Map.of()));
    return new Decision(
        decision.verdict(),
        Effect.STOP,
        decision.mode(),
        reasons,
        decision.shadow(),
        decision.intent(),
        decision.policySnapshot(),
        decision.evaluatorVersion());
  }
}
