package dev.saferun.replay.approval;

/** What a reviewer says of a call. */
public enum Ruling {
  APPROVE(ApprovalState.APPROVED),
  DENY(ApprovalState.DENIED);

  private final ApprovalState state;

  Ruling(ApprovalState state) {
    this.state = state;
  }

  /** Where the approval stands after it. */
  ApprovalState state() {
    return state;
  }
}
