package dev.saferun.replay.approval;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.platform.Transaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with approvals: read, decided, claimed, ended. Each deed locks its row, reads
 * the clock, judges, and writes what follows together with its audit event.
 */
@Singleton
public final class Approvals {

  /** Told when one that was pending is not any more. */
  static final String TOPIC = "approvals";

  private final Database database;
  private final ApprovalRows rows;
  private final CallHasher hasher;
  private final AuditLog audit;
  private final ChangeFeed changes;
  private final InstantSource clock;

  Approvals(
      Database database,
      ApprovalRows rows,
      CallHasher hasher,
      AuditLog audit,
      ChangeFeed changes,
      InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.hasher = hasher;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What a reviewer says.
   *
   * @param callHash of the call that they saw
   */
  public record Decision(Ruling ruling, byte[] callHash, @Nullable String comment) {}

  /**
   * The call that an agent is about to make.
   *
   * @param idempotencyKey by which it says that it claims the same again; null for none
   */
  public record Claim(
      String tool, Map<String, @Nullable Object> arguments, @Nullable String idempotencyKey) {}

  /** The present moment, as the rows can have it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Empty where the scope has none for this decision. */
  public CompletionStage<Optional<Approval>> find(Scope scope, UUID decisionId) {
    return in(scope, transaction -> rows.find(transaction, scope, decisionId));
  }

  /** At most so many, the newest first. */
  public CompletionStage<List<Approval>> page(ApprovalFilter filter, int most) {
    return in(filter.scope(), transaction -> rows.page(transaction, filter, now(), most));
  }

  /** Approves or denies; empty where the scope has none for this decision. */
  public CompletionStage<Optional<Approval>> decide(Actor by, UUID decisionId, Decision decision) {
    return act(
        by, decisionId, (transaction, approval) -> decide(transaction, by, approval, decision));
  }

  private Outcome decide(Transaction transaction, Actor by, Approval approval, Decision decision) {
    Instant now = now();
    Judgement judgement =
        Judgement.of(approval, decision.ruling(), by.id(), decision.callHash(), now);
    if (!(judgement instanceof Judgement.Do)) {
      return notDone(transaction, by, approval, judgement, now);
    }
    Approval.Decided decided = new Approval.Decided(by.id(), by.name(), now, decision.comment());
    rows.decide(transaction, approval.decisionId(), decision.ruling(), decided);
    record(
        transaction,
        List.of(ApprovalEvents.decided(by, approval, decision.ruling(), decision.comment())));
    publish(transaction);
    return outcome(judgement, approval.with(decided, decision.ruling()), now);
  }

  /** Gives the call free, once; empty where the scope has none for this decision. */
  public CompletionStage<Optional<Approval>> claim(Actor by, UUID decisionId, Claim claim) {
    byte[] callHash = hasher.call(decisionId, claim.tool(), claim.arguments());
    String key = claim.idempotencyKey();
    byte[] keyHash = key == null ? null : hasher.claim(decisionId, by.id(), key);
    return act(
        by,
        decisionId,
        (transaction, approval) -> claim(transaction, by, approval, callHash, keyHash));
  }

  private Outcome claim(
      Transaction transaction,
      Actor by,
      Approval approval,
      byte[] callHash,
      byte @Nullable [] keyHash) {
    Instant now = now();
    Judgement judgement = Judgement.of(approval, callHash, keyHash, now);
    if (!(judgement instanceof Judgement.Do)) {
      return notDone(transaction, by, approval, judgement, now);
    }
    Approval.Claimed claimed = new Approval.Claimed(by.id(), now, keyHash);
    rows.claim(transaction, approval.decisionId(), claimed);
    record(transaction, List.of(ApprovalEvents.claimed(by, approval)));
    return outcome(judgement, approval.with(claimed), now);
  }

  /** Writes down why it is not done, where that is not written yet. */
  private Outcome notDone(
      Transaction transaction, Actor by, Approval approval, Judgement judgement, Instant now) {
    if (judgement instanceof Judgement.OtherCall) {
      record(transaction, List.of(ApprovalEvents.mismatch(by, approval)));
    }
    if (judgement instanceof Judgement.TooLate && approval.stored() != ApprovalState.EXPIRED) {
      expire(transaction, List.of(approval));
    }
    return outcome(judgement, approval, now);
  }

  private static Outcome outcome(Judgement judgement, Approval approval, Instant now) {
    return new Outcome(judgement, approval, approval.state(now));
  }

  /** Ends those whose time is over, at most so many; completes with how many that were. */
  CompletionStage<Integer> expire(UUID organizationId, int most) {
    return Transaction.in(
        database,
        organizationId,
        transaction -> {
          List<Approval> late = rows.expired(transaction, now(), most);
          if (!late.isEmpty()) {
            expire(transaction, late);
          }
          return late.size();
        });
  }

  private void expire(Transaction transaction, List<Approval> late) {
    rows.expire(transaction, late);
    record(transaction, ApprovalEvents.expired(transaction.organizationId(), late));
    publish(transaction);
  }

  /** Something that is done with a locked approval. */
  private interface Deed {
    Outcome on(Transaction transaction, Approval approval);
  }

  /** A refusal is made only when what was written with it is committed. */
  private CompletionStage<Optional<Approval>> act(Actor by, UUID decisionId, Deed deed) {
    return in(
            by.scope(),
            transaction ->
                rows.locked(transaction, by.scope(), decisionId)
                    .map(approval -> deed.on(transaction, approval)))
        .thenApply(done -> done.map(Outcome::orRefuse));
  }

  private <T> CompletionStage<T> in(Scope scope, Function<Transaction, T> work) {
    return Transaction.in(database, scope.organizationId(), work);
  }

  private void record(Transaction transaction, List<AuditEvent> events) {
    transaction.await(audit.record(transaction.connection(), events));
  }

  private void publish(Transaction transaction) {
    transaction.await(
        changes.publish(transaction.connection(), transaction.organizationId(), TOPIC));
  }
}
