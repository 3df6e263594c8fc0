package dev.saferun.replay.approval;

import dev.saferun.platform.Scope;
import dev.saferun.platform.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of approvals. A row that is changed was locked first, in the same transaction. */
@Singleton
final class ApprovalRows {

  private static final String COLUMNS =
      """
      select decision_id, project_id, environment_id, run_id, frame, tool, call_hash, created_at,
        expires_at, state, decided_by, decided_by_name, decided_at, comment, claimed_by, claimed_at,
        claim_key_hash
      from replay.approval
      """;

  private static final String WITHIN =
      """
      where organization_id = $1 and ($2::uuid is null or project_id = $2)
        and ($3::uuid is null or environment_id = $3)
      """;

  private static final String OPEN = "state in ('pending', 'approved') and claimed_at is null";

  private static final String ONE = COLUMNS + WITHIN + " and decision_id = $4";

  private static final String LOCKED = ONE + " for update";

  private static final String PAGE =
      COLUMNS
          + WITHIN
          + """
            and ($4::text is null or tool = $4) and ($5::uuid is null or decision_id < $5)
            and $6::timestamptz is not null -- not every state asks for the time
            %s
          order by decision_id desc limit $7
          """;

  /** Rows that nobody works on: who does will see for themselves that it is too late. */
  private static final String EXPIRED =
      COLUMNS
          + " where organization_id = $1 and expires_at <= $2 and "
          + OPEN
          + " order by expires_at limit $3 for update skip locked";

  private static final String DECIDE =
      """
      update replay.approval
      set state = $2, decided_by = $3, decided_by_name = $4, decided_at = $5, comment = $6
      where decision_id = $1
      """;

  private static final String CLAIM =
      """
      update replay.approval set claimed_by = $2, claimed_at = $3, claim_key_hash = $4
      where decision_id = $1
      """;

  private static final String EXPIRE =
      "update replay.approval set state = 'expired' where decision_id = any ($1)";

  Optional<Approval> find(Transaction transaction, Scope scope, UUID decisionId) {
    return one(transaction, ONE, scope, decisionId);
  }

  /** The row, which nobody else changes before this transaction's end. */
  Optional<Approval> locked(Transaction transaction, Scope scope, UUID decisionId) {
    return one(transaction, LOCKED, scope, decisionId);
  }

  private static Optional<Approval> one(
      Transaction transaction, String sql, Scope scope, UUID decisionId) {
    return transaction
        .row(sql, scope.organizationId(), scope.projectId(), scope.environmentId(), decisionId)
        .map(ApprovalRows::approval);
  }

  /** The newest first. */
  List<Approval> page(Transaction transaction, ApprovalFilter filter, Instant now, int most) {
    Scope scope = filter.scope();
    return transaction
        .rows(
            PAGE.formatted(standing(filter.state())),
            scope.organizationId(),
            scope.projectId(),
            scope.environmentId(),
            filter.tool(),
            filter.after(),
            time(now),
            most)
        .stream()
        .map(ApprovalRows::approval)
        .toList();
  }

  /** The same as {@link Approval#state} says of one. */
  private static String standing(@Nullable ApprovalState state) {
    return switch (state) {
      case null -> "";
      case PENDING -> "and state = 'pending' and claimed_at is null and expires_at > $6";
      case APPROVED -> "and state = 'approved' and (claimed_at is not null or expires_at > $6)";
      case DENIED -> "and state = 'denied'";
      case EXPIRED -> "and (state = 'expired' or (" + OPEN + " and expires_at <= $6))";
    };
  }

  /** Those whose time is over and of which that is not written yet, locked. */
  List<Approval> expired(Transaction transaction, Instant now, int most) {
    return transaction.rows(EXPIRED, transaction.organizationId(), time(now), most).stream()
        .map(ApprovalRows::approval)
        .toList();
  }

  void decide(Transaction transaction, UUID decisionId, Ruling ruling, Approval.Decided decided) {
    transaction.change(
        DECIDE,
        decisionId,
        ruling.state().wire(),
        decided.by(),
        decided.name(),
        time(decided.at()),
        decided.comment());
  }

  void claim(Transaction transaction, UUID decisionId, Approval.Claimed claimed) {
    byte[] keyHash = claimed.keyHash();
    transaction.change(
        CLAIM,
        decisionId,
        claimed.by(),
        time(claimed.at()),
        keyHash == null ? null : Buffer.buffer(keyHash));
  }

  void expire(Transaction transaction, List<Approval> approvals) {
    UUID[] ids = approvals.stream().map(Approval::decisionId).toArray(UUID[]::new);
    transaction.change(EXPIRE, (Object) ids);
  }

  private static Approval approval(Row row) {
    return new Approval(
        row.getUUID("decision_id"),
        row.getUUID("project_id"),
        row.getUUID("environment_id"),
        row.getString("run_id"),
        row.getLong("frame"),
        row.getString("tool"),
        row.getBuffer("call_hash").getBytes(),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        ApprovalState.ofWire(row.getString("state")),
        decided(row),
        claimed(row));
  }

  private static Approval.@Nullable Decided decided(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("decided_at");
    return at == null
        ? null
        : new Approval.Decided(
            row.getUUID("decided_by"),
            row.getString("decided_by_name"),
            at.toInstant(),
            row.getString("comment"));
  }

  private static Approval.@Nullable Claimed claimed(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("claimed_at");
    Buffer keyHash = row.getBuffer("claim_key_hash");
    return at == null
        ? null
        : new Approval.Claimed(
            row.getUUID("claimed_by"), at.toInstant(), keyHash == null ? null : keyHash.getBytes());
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
