package dev.saferun.audit.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Writes each event as a row of the caller's own transaction. */
@Singleton
class StoredAuditLog implements AuditLog {

  private final InstantSource clock;

  StoredAuditLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Flushes at once, so that a refused event fails the caller here and not at some later query. */
  @Override
  public CompletionStage<Void> record(Stage.Session session, AuditEvent event) {
    Instant now = clock.instant();
    return session
        .persist(EventRow.of(Ids.next(now.toEpochMilli()), now, event))
        .thenCompose(persisted -> session.flush());
  }
}
