package dev.saferun.replay.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Keeps what it is told; fails where a test says so. */
public final class FakeAuditLog implements AuditLog {

  private final List<AuditEvent> events = new ArrayList<>();
  private volatile boolean away;

  @Override
  public CompletionStage<Void> record(Stage.Session session, AuditEvent event) {
    return record(List.of(event));
  }

  @Override
  public CompletionStage<Void> record(SqlConnection connection, List<AuditEvent> told) {
    return record(told);
  }

  private synchronized CompletionStage<Void> record(List<AuditEvent> told) {
    if (away) {
      return CompletableFuture.failedStage(new IllegalStateException("the audit log is away"));
    }
    events.addAll(told);
    return CompletableFuture.completedStage(null);
  }

  public void goAway() {
    away = true;
  }

  public synchronized List<AuditEvent> events() {
    return List.copyOf(events);
  }
}
