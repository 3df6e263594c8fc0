package dev.saferun.replay.approval;

import static dev.saferun.replay.store.Tenant.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Databases;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import dev.saferun.platform.Scope;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.approval.Approvals.Claim;
import dev.saferun.replay.approval.Approvals.Decision;
import dev.saferun.replay.store.FakeAuditLog;
import dev.saferun.replay.store.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Approvals in a real database: several at once, by an injected clock. */
class ApprovalsIT {

  private static final RunningDatabase RUNNING =
      Databases.startTemporary(
          List.of(
              new SchemaMigrations("audit", 1),
              new SchemaMigrations("tenancy", 2),
              new SchemaMigrations("replay", 4)),
          List.of());
  private static final Database DATABASE = RUNNING.database();
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int AT_ONCE = 12;

  private final Tenant tenant = Tenant.made(DATABASE);
  private final FakeAuditLog audit = new FakeAuditLog();
  private final CallHasher hasher = new CallHasher(SecretKeyring.of(new byte[32]));
  private final Instant start = Instant.parse("2026-11-28T12:00:00Z");
  private volatile Instant now = start;
  private final Approvals approvals =
      new Approvals(DATABASE, new ApprovalRows(), hasher, audit, RUNNING.changeFeed(), () -> now);
  private final Waits waits = new Waits(DATABASE, RUNNING.changeFeed());
  private final Actor agent = actor(Actor.Kind.AGENT, "agent");
  private final Actor ada = actor(Actor.Kind.PERSON, "ada");

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void itIsRequestedApprovedAndClaimedOnceAndEachIsTold() {
    UUID id = requested();
    assertThat(found(id).state(now)).isEqualTo(ApprovalState.PENDING);

    assertThat(decide(ada, id, Ruling.APPROVE).state(now)).isEqualTo(ApprovalState.APPROVED);
    assertThat(decide(ada, id, Ruling.APPROVE)).as("once more").isNotNull();
    assertThat(claim(id, 4_500, "k").claimed()).isNotNull();
    assertThat(claim(id, 4_500, "k").claimed()).as("the same again").isNotNull();
    assertThat(refusal(() -> claiming(id, 4_500, null))).isEqualTo(ReplayProblem.APPROVAL_CLAIMED);

    assertThat(found(id).decided()).isEqualTo(new Approval.Decided(ada.id(), "ada", now, "fine"));
    assertThat(codes())
        .containsExactly("approval.requested", "approval.approved", "approval.claimed");
  }

  @Test
  void anotherCallIsRefusedAndToldAsAFailureThatIsKept() {
    UUID id = requested();
    decide(ada, id, Ruling.APPROVE);

    assertThat(refusal(() -> claiming(id, 4_501, null))).isEqualTo(ReplayProblem.APPROVAL_MISMATCH);
    assertThat(
            refusal(() -> approvals.decide(ada, id, new Decision(Ruling.DENY, new byte[32], null))))
        .isEqualTo(ReplayProblem.APPROVAL_MISMATCH);

    assertThat(audit.events())
        .filteredOn(event -> event.outcome() == AuditEvent.Outcome.FAILURE)
        .extracting(AuditEvent::code)
        .containsExactly("approval.mismatch", "approval.mismatch");
    assertThat(claim(id, 4_500, null).claimed()).as("the right call still goes").isNotNull();
  }

  @Test
  void ofManyReviewersAtOnceOneWins() {
    UUID id = requested();
    List<Object> ends =
        atOnce(
            i ->
                approvals.decide(
                    actor(Actor.Kind.PERSON, "p" + i),
                    id,
                    new Decision(
                        i % 2 == 0 ? Ruling.APPROVE : Ruling.DENY, hash(id, 4_500), null)));

    assertThat(ends).filteredOn(ReplayProblem.APPROVAL_DECIDED::equals).hasSize(AT_ONCE - 1);
    assertThat(codes()).hasSize(2);
    assertThat(codes().getLast()).isIn("approval.approved", "approval.denied");
  }

  @Test
  void ofManyClaimsAtOnceOneGoesOn() {
    UUID id = requested();
    decide(ada, id, Ruling.APPROVE);
    List<Object> ends = atOnce(i -> claiming(id, 4_500, "key-" + i));

    assertThat(ends).filteredOn(ReplayProblem.APPROVAL_CLAIMED::equals).hasSize(AT_ONCE - 1);
    assertThat(codes()).filteredOn("approval.claimed"::equals).hasSize(1);
  }

  @Test
  void twinsOfOneClaimGetOneAnswer() {
    UUID id = requested();
    decide(ada, id, Ruling.APPROVE);
    List<Object> ends = atOnce(i -> claiming(id, 4_500, "key"));

    assertThat(ends).filteredOn(ReplayProblem.class::isInstance).isEmpty();
    assertThat(codes()).filteredOn("approval.claimed"::equals).hasSize(1);
  }

  @Test
  void anApprovalThatRacesWithItsEndIsOneOfBothAndToldOnce() {
    for (int round = 0; round < 10; round++) {
      now = start;
      UUID id = requested();
      CompletableFuture<Void> later = CompletableFuture.runAsync(() -> now = start.plus(LIFE));
      List<Object> ends =
          atOnce(
              i ->
                  i % 2 == 0
                      ? approvals.decide(
                          ada, id, new Decision(Ruling.APPROVE, hash(id, 4_500), null))
                      : approvals.expire(tenant.organization(), 10));
      later.join();
      join(approvals.expire(tenant.organization(), 10));

      assertThat(found(id).stored()).as("nobody claimed it").isEqualTo(ApprovalState.EXPIRED);
      assertThat(eventsOf(id, "approval.expired")).isEqualTo(1);
      boolean won = ends.stream().anyMatch(end -> end.equals(ApprovalState.APPROVED));
      assertThat(eventsOf(id, "approval.approved")).isEqualTo(won ? 1 : 0);
    }
  }

  @Test
  void whoComesTooLateIsToldSoAndTheEndIsWrittenOnce() {
    UUID pending = requested();
    UUID approved = requested();
    decide(ada, approved, Ruling.APPROVE);
    now = start.plus(LIFE);

    assertThat(found(pending).state(now)).isEqualTo(ApprovalState.EXPIRED);
    assertThat(refusal(() -> deciding(ada, pending, Ruling.DENY)))
        .isEqualTo(ReplayProblem.APPROVAL_EXPIRED);
    assertThat(refusal(() -> claiming(approved, 4_500, null)))
        .isEqualTo(ReplayProblem.APPROVAL_EXPIRED);
    assertThat(join(approvals.expire(tenant.organization(), 10))).isZero();

    assertThat(eventsOf(pending, "approval.expired")).isEqualTo(1);
    assertThat(eventsOf(approved, "approval.expired")).isEqualTo(1);
    assertThat(eventsOf(pending, "approval.denied")).isZero();
    assertThat(found(approved).decided()).as("who approved it stays").isNotNull();
  }

  @Test
  void theSweepEndsWhatNobodyAsksForAndNothingElse() {
    UUID late = requested();
    UUID claimed = requested();
    decide(ada, claimed, Ruling.APPROVE);
    claim(claimed, 4_500, null);
    UUID denied = requested();
    decide(ada, denied, Ruling.DENY);
    now = start.plus(LIFE.dividedBy(2));
    UUID young = requested();
    now = start.plus(LIFE);

    assertThat(join(approvals.expire(tenant.organization(), 10))).isEqualTo(1);

    assertThat(found(late).stored()).isEqualTo(ApprovalState.EXPIRED);
    assertThat(found(claimed).stored()).isEqualTo(ApprovalState.APPROVED);
    assertThat(found(denied).stored()).isEqualTo(ApprovalState.DENIED);
    assertThat(found(young).stored()).isEqualTo(ApprovalState.PENDING);
  }

  @Test
  void aListIsNarrowedByTheStateThatTheClockSays() {
    UUID late = requested();
    UUID lateApproved = requested();
    decide(ada, lateApproved, Ruling.APPROVE);
    UUID claimed = requested();
    decide(ada, claimed, Ruling.APPROVE);
    claim(claimed, 4_500, null);
    now = start.plus(LIFE);
    UUID young = requested();

    assertThat(page(ApprovalState.EXPIRED, null)).containsExactly(lateApproved, late);
    assertThat(page(ApprovalState.APPROVED, null)).containsExactly(claimed);
    assertThat(page(ApprovalState.PENDING, null)).containsExactly(young);
    assertThat(page(ApprovalState.DENIED, null)).isEmpty();
    assertThat(page(null, null)).containsExactly(young, claimed, lateApproved, late);
    assertThat(page(null, claimed)).containsExactly(lateApproved, late);
  }

  @Test
  void nothingIsDoneThatTheAuditLogDoesNotTake() {
    UUID id = requested();
    audit.goAway();

    assertThatThrownBy(() -> decide(ada, id, Ruling.APPROVE)).hasMessageContaining("away");
    now = start.plus(LIFE);
    assertThatThrownBy(() -> join(approvals.expire(tenant.organization(), 10)))
        .hasMessageContaining("away");

    assertThat(found(id).stored()).isEqualTo(ApprovalState.PENDING);
    assertThat(found(id).decided()).isNull();
  }

  @Test
  void whoMayNotSeeItDoesNotFindIt() {
    UUID id = requested();
    Tenant other = Tenant.made(DATABASE);
    for (Scope elsewhere :
        List.of(
            new Scope(other.organization(), null, null),
            new Scope(tenant.organization(), UUID.randomUUID(), null),
            new Scope(tenant.organization(), tenant.project(), UUID.randomUUID()))) {
      Actor stranger = ada.within(elsewhere);
      assertThat(join(approvals.find(elsewhere, id))).isEmpty();
      assertThat(
              join(
                  approvals.decide(
                      stranger, id, new Decision(Ruling.APPROVE, hash(id, 4_500), null))))
          .isEmpty();
      assertThat(
              join(approvals.claim(stranger, id, new Claim("pay", Map.of("amount", 4_500L), null))))
          .isEmpty();
    }
    assertThat(other.count("select count(*) from replay.approval")).isZero();
  }

  @Test
  void whatWasAskedForCannotBeChanged() {
    UUID id = requested();
    for (String column : List.of("call_hash", "expires_at", "tool", "run_id", "organization_id")) {
      assertThatThrownBy(
              () ->
                  tenant.execute(
                      "update replay.approval set "
                          + column
                          + " = "
                          + column
                          + " where decision_id = $1",
                      id))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void whoWaitsIsWokenByTheDecisionAndOnlyByTheirOwn() {
    UUID mine = requested();
    UUID other = requested();
    try (Waits.Wait wait = waits.begin(tenant.organization(), mine);
        Waits.Wait longer = waits.begin(tenant.organization(), other)) {
      CompletableFuture<Void> woken = wait.atMost(Duration.ofSeconds(30)).toCompletableFuture();
      CompletableFuture<Void> asleep = longer.atMost(Duration.ofSeconds(30)).toCompletableFuture();
      decide(ada, mine, Ruling.DENY);
      await().atMost(SOON).until(woken::isDone);
      assertThat(asleep).isNotDone();
      assertThat(waits.waiting()).isEqualTo(2);
      join(longer.atMost(Duration.ofMillis(20)));
    }
    assertThat(waits.waiting()).isZero();
  }

  private UUID requested() {
    UUID id = Ids.next(System.currentTimeMillis() + sequence++);
    RequestedApproval requested =
        new RequestedApproval(
            tenant.project(),
            tenant.environment(),
            id,
            "r",
            1,
            "pay",
            hash(id, 4_500),
            now,
            now.plus(LIFE));
    join(
        DATABASE.inConnection(
            tenant.organization(),
            connection ->
                new RequestedApprovals(audit)
                    .write(connection, tenant.organization(), List.of(requested))));
    return id;
  }

  private long sequence;

  private byte[] hash(UUID id, long amount) {
    return hasher.call(id, "pay", Map.of("amount", amount));
  }

  private Approval found(UUID id) {
    return join(approvals.find(ada.scope(), id)).orElseThrow();
  }

  private CompletionStage<Object> deciding(Actor by, UUID id, Ruling ruling) {
    return approvals
        .decide(by, id, new Decision(ruling, hash(id, 4_500), "fine"))
        .thenApply(java.util.Optional::orElseThrow);
  }

  private Approval decide(Actor by, UUID id, Ruling ruling) {
    return (Approval) join(deciding(by, id, ruling));
  }

  private CompletionStage<Object> claiming(UUID id, long amount, @Nullable String key) {
    return approvals
        .claim(agent, id, new Claim("pay", Map.of("amount", amount), key))
        .thenApply(java.util.Optional::orElseThrow);
  }

  private Approval claim(UUID id, long amount, @Nullable String key) {
    return (Approval) join(claiming(id, amount, key));
  }

  private List<UUID> page(@Nullable ApprovalState state, @Nullable UUID after) {
    ApprovalFilter filter = new ApprovalFilter(ada.scope(), state, null, after);
    return join(approvals.page(filter, 10)).stream().map(Approval::decisionId).toList();
  }

  /** How each of many that begin together ended: a problem, or the state that it found. */
  private List<Object> atOnce(java.util.function.IntFunction<CompletionStage<?>> deed) {
    List<CompletableFuture<?>> begun = new ArrayList<>();
    IntStream.range(0, AT_ONCE).forEach(i -> begun.add(deed.apply(i).toCompletableFuture()));
    List<Object> ends = new ArrayList<>();
    for (CompletableFuture<?> one : begun) {
      ends.add(end(() -> one));
    }
    return ends;
  }

  private Object refusal(Supplier<CompletionStage<?>> deed) {
    return end(deed);
  }

  private static Object end(Supplier<CompletionStage<?>> deed) {
    try {
      Object done = deed.get().toCompletableFuture().join();
      return done instanceof java.util.Optional<?> some
              && some.orElseThrow() instanceof Approval approval
          ? approval.stored()
          : "done";
    } catch (CompletionException refused) {
      return refused.getCause() instanceof ProblemException problem ? problem.code() : refused;
    }
  }

  private List<String> codes() {
    return audit.events().stream().map(AuditEvent::code).toList();
  }

  private long eventsOf(UUID id, String code) {
    return audit.events().stream()
        .filter(event -> event.code().equals(code) && event.target().equals("approval:" + id))
        .count();
  }

  private Actor actor(Actor.Kind kind, String name) {
    return new Actor(
        kind,
        UUID.randomUUID(),
        name,
        kind == Actor.Kind.AGENT
            ? new Scope(tenant.organization(), tenant.project(), tenant.environment())
            : new Scope(tenant.organization(), null, null));
  }
}
