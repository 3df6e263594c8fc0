package dev.saferun.replay.approval;

import dev.saferun.replay.ReplayProblem;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows from what somebody wants to do with an approval, and from what it is. */
sealed interface Judgement {

  /** It may be done, and was not yet. */
  record Do() implements Judgement {}

  /** The same was done before by the same one: it is answered again and not done again. */
  record Done() implements Judgement {}

  /** It is about another call than the one that was checked. */
  record OtherCall() implements Judgement {}

  /** Its time is over. */
  record TooLate() implements Judgement {}

  /** It cannot be done as things stand. */
  record Refused(ReplayProblem problem) implements Judgement {}

  /** Of a reviewer's word on the call that they saw. */
  static Judgement of(Approval approval, Ruling ruling, UUID by, byte[] callHash, Instant now) {
    if (!MessageDigest.isEqual(approval.callHash(), callHash)) {
      return new OtherCall();
    }
    return switch (approval.state(now)) {
      case PENDING -> new Do();
      case EXPIRED -> new TooLate();
      case APPROVED, DENIED ->
          isSame(approval, ruling, by) ? new Done() : new Refused(ReplayProblem.APPROVAL_DECIDED);
    };
  }

  private static boolean isSame(Approval approval, Ruling ruling, UUID by) {
    Approval.Decided decided = approval.decided();
    return approval.stored() == ruling.state() && decided != null && decided.by().equals(by);
  }

  /** Of an agent that is about to make the call. */
  static Judgement of(Approval approval, byte[] callHash, byte @Nullable [] keyHash, Instant now) {
    if (!MessageDigest.isEqual(approval.callHash(), callHash)) {
      return new OtherCall();
    }
    Approval.Claimed claimed = approval.claimed();
    if (claimed != null) {
      return isSame(claimed, keyHash) ? new Done() : new Refused(ReplayProblem.APPROVAL_CLAIMED);
    }
    return switch (approval.state(now)) {
      case APPROVED -> new Do();
      case EXPIRED -> new TooLate();
      case PENDING -> new Refused(ReplayProblem.APPROVAL_PENDING);
      case DENIED -> new Refused(ReplayProblem.APPROVAL_DENIED);
    };
  }

  private static boolean isSame(Approval.Claimed claimed, byte @Nullable [] keyHash) {
    byte[] before = claimed.keyHash();
    return before != null && keyHash != null && MessageDigest.isEqual(before, keyHash);
  }
}
