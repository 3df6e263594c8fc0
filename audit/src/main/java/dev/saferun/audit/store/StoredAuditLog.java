package dev.saferun.audit.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Writes each event as a row of the caller's own transaction, and that it has no place yet. */
@Singleton
class StoredAuditLog implements AuditLog {

  private static final String PENDING =
      "insert into audit.pending (organization_id, id, kind) values (:organization, :id, 'audit')";

  private static final String EVENTS =
      """
      insert into audit.event (id, organization_id, at, actor_kind, actor_id, actor_name, request_id,
        address, code, outcome, target, before, after)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13::text::jsonb)
      """;

  private static final String PENDINGS =
      "insert into audit.pending (organization_id, id, kind) values ($1, $2, 'audit')";

  private final InstantSource clock;

  StoredAuditLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Flushes at once, so that a refused event fails the caller here and not at some later query. */
  @Override
  public CompletionStage<Void> record(Stage.Session session, AuditEvent event) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Ids.next(now.toEpochMilli());
    return session
        .persist(EventRow.of(id, now, event))
        .thenCompose(persisted -> session.flush())
        .thenCompose(
            flushed ->
                session
                    .<Integer>createNativeQuery(PENDING)
                    .setParameter("organization", event.actor().organizationId())
                    .setParameter("id", id)
                    .executeUpdate())
        .thenAccept(pending -> {});
  }

  @Override
  public CompletionStage<Void> record(SqlConnection connection, List<AuditEvent> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<EventRow> rows =
        events.stream()
            .map(event -> EventRow.of(Ids.next(now.toEpochMilli()), now, event))
            .toList();
    return connection
        .preparedQuery(EVENTS)
        .executeBatch(rows.stream().map(StoredAuditLog::columns).toList())
        .compose(inserted -> pending(connection, rows))
        .toCompletionStage();
  }

  private static Future<Void> pending(SqlConnection connection, List<EventRow> rows) {
    return connection
        .preparedQuery(PENDINGS)
        .executeBatch(rows.stream().map(row -> Tuple.of(row.organizationId, row.id)).toList())
        .mapEmpty();
  }

  private static Tuple columns(EventRow row) {
    return Tuple.tuple()
        .addValue(row.id)
        .addValue(row.organizationId)
        .addValue(row.at.atOffset(ZoneOffset.UTC))
        .addValue(row.actorKind)
        .addValue(row.actorId)
        .addValue(row.actorName)
        .addValue(row.requestId)
        .addValue(row.address)
        .addValue(row.code)
        .addValue(row.outcome)
        .addValue(row.target)
        .addValue(row.before)
        .addValue(row.after);
  }
}
