package dev.saferun.replay.store;

import dev.saferun.audit.Announcements;
import dev.saferun.evaluator.Effect;
import dev.saferun.platform.Database;
import dev.saferun.redaction.Sealed;
import dev.saferun.replay.approval.RequestedApprovals;
import dev.saferun.replay.journal.Idempotency;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.journal.RecordKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of journal records, one transaction each. Writing a record twice does no harm: it
 * is known by its id, and only what is new changes the counts of a run.
 */
@Singleton
public final class FrameStore {

  /** What those who watch are told of. */
  private static final Set<String> TOLD =
      Set.of(
          Effect.STOP.wire(), Effect.WAIT_FOR_APPROVAL.wire(), Effect.PROCEED_WITH_WARNING.wire());

  private final Database database;
  private final Announcements announcements;
  private final Labels labels;
  private final RequestedApprovals approvals;

  FrameStore(
      Database database, Announcements announcements, Labels labels, RequestedApprovals approvals) {
    this.database = database;
    this.announcements = announcements;
    this.labels = labels;
    this.approvals = approvals;
  }

  /**
   * Writes records of one organization, all or none; fails with the database's refusal where it
   * takes one of them not.
   */
  public CompletionStage<Void> write(UUID organizationId, List<JournalEntry> entries) {
    List<FrameRow> rows;
    try {
      rows = entries.stream().map(FrameRow::of).toList();
    } catch (RuntimeException unreadable) {
      return CompletableFuture.failedStage(unreadable);
    }
    List<FrameRow> frames = rows.stream().filter(row -> row.kind() != RecordKind.LABEL).toList();
    List<FrameRow> labelled = rows.stream().filter(row -> row.kind() == RecordKind.LABEL).toList();
    return database.inConnection(
        organizationId,
        connection ->
            freeOldKeys(connection, frames)
                .thenCompose(freed -> insert(connection, organizationId, frames))
                .thenCompose(
                    added ->
                        announce(connection, organizationId, added)
                            .thenCompose(told -> count(connection, organizationId, added))
                            .thenCompose(counted -> request(connection, organizationId, added)))
                .thenCompose(counted -> labels.write(connection, organizationId, labelled))
                .thenCompose(written -> seal(connection, organizationId, rows)));
  }

  private static CompletionStage<Void> seal(
      SqlConnection connection, UUID organizationId, List<FrameRow> rows) {
    List<FrameRow> sealed = rows.stream().filter(row -> row.entry().sealed() != null).toList();
    if (sealed.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Tuple columns =
        new Columns<>(sealed)
            .value(organizationId)
            .column(UUID[]::new, row -> row.entry().header().project())
            .column(UUID[]::new, FrameRow::environmentId)
            .column(String[]::new, row -> row.text("run_id"))
            .column(UUID[]::new, FrameRow::recordId)
            .column(OffsetDateTime[]::new, FrameRow::receivedAt)
            .column(UUID[]::new, row -> row.sealed().keyId())
            .column(Buffer[]::new, row -> Buffer.buffer(row.sealed().wrappedKey()))
            .column(Buffer[]::new, row -> Buffer.buffer(row.sealed().box()))
            .tuple();
    return execute(connection, FrameSql.SEAL, columns).thenAccept(inserted -> {});
  }

  /** A key may be used again after 24 hours: it then belongs to the new frame. */
  private static CompletionStage<Void> freeOldKeys(SqlConnection connection, List<FrameRow> rows) {
    List<FrameRow> keyed = rows.stream().filter(row -> row.idempotency() != null).toList();
    if (keyed.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Tuple columns =
        new Columns<>(keyed)
            .column(UUID[]::new, FrameRow::environmentId)
            .column(Buffer[]::new, FrameStore::keyHash)
            .column(OffsetDateTime[]::new, FrameRow::receivedAt)
            .tuple();
    return execute(connection, FrameSql.FREE_OLD_KEYS, columns).thenAccept(freed -> {});
  }

  /** Inserts and gives back those that were not there yet. */
  private static CompletionStage<List<FrameRow>> insert(
      SqlConnection connection, UUID organizationId, List<FrameRow> rows) {
    if (rows.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Tuple columns =
        new Columns<>(rows)
            .value(organizationId)
            .column(UUID[]::new, row -> row.entry().header().project())
            .column(UUID[]::new, FrameRow::environmentId)
            .column(String[]::new, FrameRow::runId)
            .column(Long[]::new, FrameRow::frame)
            .column(UUID[]::new, FrameRow::recordId)
            .column(String[]::new, row -> row.text("kind"))
            .column(UUID[]::new, FrameRow::decisionId)
            .column(OffsetDateTime[]::new, FrameRow::at)
            .column(OffsetDateTime[]::new, FrameRow::receivedAt)
            .column(Long[]::new, row -> row.whole("step"))
            .column(String[]::new, row -> row.text("tool"))
            .column(String[]::new, row -> row.in("decision", "verdict"))
            .column(String[]::new, row -> row.in("decision", "effect"))
            .column(String[]::new, row -> row.in("decision", "policy_snapshot"))
            .column(Long[]::new, FrameRow::fingerprint)
            .column(Buffer[]::new, row -> Buffer.buffer(row.entry().body()))
            .column(Buffer[]::new, row -> Buffer.buffer(row.entry().bodySha256()))
            .column(String[]::new, FrameRow::search)
            .column(Buffer[]::new, FrameStore::keyHash)
            .column(Buffer[]::new, FrameStore::bodySha256)
            .tuple();
    return execute(connection, FrameSql.INSERT, columns)
        .thenApply(
            inserted -> {
              Set<UUID> added = new HashSet<>();
              inserted.forEach(row -> added.add(row.getUUID(0)));
              return rows.stream().filter(row -> added.contains(row.recordId())).toList();
            });
  }

  private CompletionStage<Void> announce(
      SqlConnection connection, UUID organizationId, List<FrameRow> added) {
    List<UUID> told =
        added.stream()
            .filter(row -> TOLD.contains(String.valueOf(row.in("decision", "effect"))))
            .map(FrameRow::recordId)
            .toList();
    return told.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : announcements.announce(connection, organizationId, told);
  }

  private CompletionStage<Void> request(
      SqlConnection connection, UUID organizationId, List<FrameRow> added) {
    return approvals.write(
        connection,
        organizationId,
        added.stream().filter(FrameRow::isHeld).map(FrameRow::requestedApproval).toList());
  }

  private static @Nullable Buffer keyHash(FrameRow row) {
    Idempotency idempotency = row.idempotency();
    return idempotency == null ? null : Buffer.buffer(idempotency.keyHash());
  }

  private static @Nullable Buffer bodySha256(FrameRow row) {
    Idempotency idempotency = row.idempotency();
    return idempotency == null ? null : Buffer.buffer(idempotency.bodySha256());
  }

  private static CompletionStage<Void> count(
      SqlConnection connection, UUID organizationId, List<FrameRow> added) {
    if (added.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Tuple columns =
        new Columns<>(RunChange.of(added))
            .value(organizationId)
            .column(UUID[]::new, RunChange::projectId)
            .column(UUID[]::new, RunChange::environmentId)
            .column(String[]::new, RunChange::runId)
            .column(OffsetDateTime[]::new, RunChange::firstAt)
            .column(OffsetDateTime[]::new, RunChange::lastAt)
            .column(Long[]::new, RunChange::frames)
            .column(Long[]::new, RunChange::decisions)
            .column(Long[]::new, RunChange::stopped)
            .column(Long[]::new, RunChange::warned)
            .column(String[]::new, RunChange::agents)
            .column(String[]::new, RunChange::tools)
            .column(String[]::new, RunChange::effects)
            .column(String[]::new, RunChange::rules)
            .tuple();
    return execute(connection, FrameSql.COUNT, columns).thenAccept(counted -> {});
  }

  /** Puts one record aside that {@link #write} was refused for. */
  public CompletionStage<Void> quarantine(
      UUID organizationId, JournalEntry entry, String errorCode) {
    Tuple row =
        Tuple.tuple()
            .addValue(organizationId)
            .addValue(entry.header().recordId())
            .addValue(entry.header().environment())
            .addValue(entry.header().kind().name())
            .addValue(FrameRow.receivedAt(entry))
            .addValue(Buffer.buffer(entry.body()))
            .addValue(Buffer.buffer(entry.bodySha256()))
            .addValue(errorCode);
    Sealed sealed = entry.sealed();
    row.addValue(sealed == null ? null : sealed.keyId())
        .addValue(sealed == null ? null : Buffer.buffer(sealed.wrappedKey()))
        .addValue(sealed == null ? null : Buffer.buffer(sealed.box()));
    return database.inConnection(
        organizationId,
        connection -> execute(connection, FrameSql.QUARANTINE, row).thenAccept(inserted -> {}));
  }

  private static CompletionStage<RowSet<Row>> execute(
      SqlConnection connection, String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters).toCompletionStage();
  }
}
