package dev.saferun.replay.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.replay.ReplayProblem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The states of an approval by the clock, and what may be done in each. */
class JudgementTest {

  private static final Instant CREATED = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant EXPIRES = CREATED.plusSeconds(3_600);
  private static final Instant LAST_MOMENT = EXPIRES.minusNanos(1);
  private static final UUID ADA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);
  private static final byte[] HASH = {1, 2, 3};
  private static final byte[] OTHER_HASH = {1, 2, 4};
  private static final byte[] KEY = {7};

  private final Approval pending = approval(ApprovalState.PENDING, null, null);
  private final Approval approved = approval(ApprovalState.APPROVED, by(ADA), null);
  private final Approval denied = approval(ApprovalState.DENIED, by(ADA), null);
  private final Approval claimed = approval(ApprovalState.APPROVED, by(ADA), claim(null));
  private final Approval claimedByKey = approval(ApprovalState.APPROVED, by(ADA), claim(KEY));

  @Test
  void whatIsOpenExpiresInItsMomentAndWhatIsSettledNever() {
    for (Approval open : new Approval[] {pending, approved}) {
      assertThat(open.state(LAST_MOMENT)).isEqualTo(open.stored());
      assertThat(open.state(EXPIRES)).isEqualTo(ApprovalState.EXPIRED);
    }
    for (Approval settled : new Approval[] {denied, claimed}) {
      assertThat(settled.state(EXPIRES.plusSeconds(1_000_000))).isEqualTo(settled.stored());
    }
  }

  @Test
  void aClockThatIsSetBackRevivesNothing() {
    Approval expired = approval(ApprovalState.EXPIRED, by(ADA), null);
    assertThat(expired.state(CREATED)).isEqualTo(ApprovalState.EXPIRED);
    assertThat(decide(expired, Ruling.APPROVE, ADA, CREATED)).isEqualTo(new Judgement.TooLate());
    assertThat(claim(expired, HASH, null, CREATED)).isEqualTo(new Judgement.TooLate());
  }

  @Test
  void aPendingOneIsDecidedWhileItsTimeLasts() {
    assertThat(decide(pending, Ruling.APPROVE, ADA, LAST_MOMENT)).isEqualTo(new Judgement.Do());
    assertThat(decide(pending, Ruling.DENY, ADA, LAST_MOMENT)).isEqualTo(new Judgement.Do());
    assertThat(decide(pending, Ruling.APPROVE, ADA, EXPIRES)).isEqualTo(new Judgement.TooLate());
    assertThat(decide(pending, Ruling.DENY, ADA, EXPIRES)).isEqualTo(new Judgement.TooLate());
  }

  @Test
  void theSamePersonMaySayTheSameAgainAndNobodyAnythingElse() {
    Judgement decided = new Judgement.Refused(ReplayProblem.APPROVAL_DECIDED);
    assertThat(decide(approved, Ruling.APPROVE, ADA, CREATED)).isEqualTo(new Judgement.Done());
    assertThat(decide(claimed, Ruling.APPROVE, ADA, EXPIRES)).isEqualTo(new Judgement.Done());
    assertThat(decide(denied, Ruling.DENY, ADA, EXPIRES)).isEqualTo(new Judgement.Done());
    assertThat(decide(approved, Ruling.DENY, ADA, CREATED)).isEqualTo(decided);
    assertThat(decide(denied, Ruling.APPROVE, ADA, CREATED)).isEqualTo(decided);
    assertThat(decide(approved, Ruling.APPROVE, BEN, CREATED)).isEqualTo(decided);
  }

  @Test
  void whoSawAnotherCallDecidesNothing() {
    for (Approval one : new Approval[] {pending, approved, denied, claimed}) {
      assertThat(Judgement.of(one, Ruling.DENY, ADA, OTHER_HASH, CREATED))
          .isEqualTo(new Judgement.OtherCall());
      assertThat(claim(one, OTHER_HASH, KEY, CREATED)).isEqualTo(new Judgement.OtherCall());
    }
  }

  @Test
  void onlyWhatIsApprovedIsClaimed() {
    assertThat(claim(approved, HASH, null, LAST_MOMENT)).isEqualTo(new Judgement.Do());
    assertThat(claim(approved, HASH, null, EXPIRES)).isEqualTo(new Judgement.TooLate());
    assertThat(claim(pending, HASH, null, CREATED))
        .isEqualTo(new Judgement.Refused(ReplayProblem.APPROVAL_PENDING));
    assertThat(claim(pending, HASH, null, EXPIRES)).isEqualTo(new Judgement.TooLate());
    assertThat(claim(denied, HASH, null, EXPIRES))
        .isEqualTo(new Judgement.Refused(ReplayProblem.APPROVAL_DENIED));
  }

  @Test
  void aSecondClaimNeedsTheKeyOfTheFirst() {
    Judgement taken = new Judgement.Refused(ReplayProblem.APPROVAL_CLAIMED);
    assertThat(claim(claimedByKey, HASH, KEY, EXPIRES)).isEqualTo(new Judgement.Done());
    assertThat(claim(claimedByKey, HASH, new byte[] {8}, CREATED)).isEqualTo(taken);
    assertThat(claim(claimedByKey, HASH, null, CREATED)).isEqualTo(taken);
    assertThat(claim(claimed, HASH, null, CREATED)).isEqualTo(taken);
    assertThat(claim(claimed, HASH, KEY, CREATED)).isEqualTo(taken);
  }

  private static Judgement decide(Approval approval, Ruling ruling, UUID by, Instant now) {
    return Judgement.of(approval, ruling, by, HASH, now);
  }

  private static Judgement claim(
      Approval approval, byte[] hash, byte @Nullable [] key, Instant now) {
    return Judgement.of(approval, hash, key, now);
  }

  private static Approval.Decided by(UUID who) {
    return new Approval.Decided(who, "somebody", CREATED, null);
  }

  private static Approval.Claimed claim(byte @Nullable [] key) {
    return new Approval.Claimed(BEN, CREATED, key);
  }

  private static Approval approval(
      ApprovalState state, Approval.@Nullable Decided decided, Approval.@Nullable Claimed claimed) {
    return new Approval(
        new UUID(9, 9),
        new UUID(9, 8),
        new UUID(9, 7),
        "r",
        1,
        "pay",
        HASH,
        CREATED,
        EXPIRES,
        state,
        decided,
        claimed);
  }
}
