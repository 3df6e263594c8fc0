package dev.saferun.replay;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** What can be refused when runs are recorded or read. */
public enum ReplayProblem implements ProblemCode {
  REVEAL_NOT_GRANTED(403, "There is no leave to look at what was sealed of this run"),
  IDEMPOTENCY_CONFLICT(409, "The idempotency key was used with another body"),
  AMBIGUOUS_RUN(409, "Several environments have a run of this name"),
  CALIBRATION_UNDER_WAY(409, "A version of the project's model is being made already"),
  NOT_OPENABLE(409, "What was sealed cannot be opened"),
  NOT_EXPLAINABLE(409, "What the decision was made from is not whole any more"),
  APPROVAL_MISMATCH(409, "This is not the call that was checked"),
  APPROVAL_PENDING(409, "Nobody has decided on the call yet"),
  APPROVAL_DECIDED(409, "The call was decided on before"),
  APPROVAL_DENIED(409, "A person denied the call"),
  APPROVAL_EXPIRED(409, "The time for the call is over"),
  APPROVAL_CLAIMED(409, "The call was claimed before"),
  TOO_MANY_FRAMES(413, "There are more frames in the batch than it may hold"),
  FRAME_TOO_LARGE(413, "The frame is larger than the journal takes"),
  TOO_MANY_BACKTESTS(429, "There are as many backtests waiting as may wait"),
  TOO_MANY_CALIBRATIONS(429, "There is as much work over labels waiting as may wait"),
  NOT_RECORDED(503, "It could not be made durable now; nothing that is not named was kept"),
  READS_BEHIND(503, "The newest records are durable but cannot be read yet");

  private final int status;
  private final String title;

  ReplayProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return ProblemException.kebab(this);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
