package dev.saferun.replay.approval;

import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import java.util.Map;

/**
 * How a deed ended, told once it is committed: that it was refused may be a thing to write down.
 *
 * @param approval as it is now
 * @param state where that stands
 */
record Outcome(Judgement judgement, Approval approval, ApprovalState state) {

  /** The approval, where the deed is done; else the reason why it is not. */
  Approval orRefuse() {
    return switch (judgement) {
      case Judgement.Do ignored -> approval;
      case Judgement.Done ignored -> approval;
      case Judgement.OtherCall ignored -> throw refusal(ReplayProblem.APPROVAL_MISMATCH);
      case Judgement.TooLate ignored -> throw refusal(ReplayProblem.APPROVAL_EXPIRED);
      case Judgement.Refused refused -> throw refusal(refused.problem());
    };
  }

  private ProblemException refusal(ReplayProblem problem) {
    return new ProblemException(
        problem, "the approval says where it stands: GET it", null, Map.of("state", state.wire()));
  }
}
