package dev.saferun.audit.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Writes each event as a row of the caller's own transaction, and that it has no place yet. */
@Singleton
class StoredAuditLog implements AuditLog {

  private static final String PENDING =
      "insert into audit.pending (organization_id, id, kind) values (:organization, :id, 'audit')";

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
}
