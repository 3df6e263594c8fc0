package dev.saferun.audit;

import dev.saferun.platform.Transaction;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * The audit log. An event is written in the transaction of the change that it tells of: both happen
 * or neither does.
 */
public interface AuditLog {

  CompletionStage<Void> record(Stage.Session session, AuditEvent event);

  /** The same on the bulk path: events of one organization, all or none. */
  CompletionStage<Void> record(SqlConnection connection, List<AuditEvent> events);

  /** The same in a transaction of straight lines, which waits for it. */
  default void record(Transaction transaction, AuditEvent event) {
    transaction.await(record(transaction.connection(), List.of(event)));
  }
}
