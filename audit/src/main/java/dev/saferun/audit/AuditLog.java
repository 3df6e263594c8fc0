package dev.saferun.audit;

import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * The audit log. An event is written in the transaction of the change that it tells of: both happen
 * or neither does.
 */
public interface AuditLog {

  CompletionStage<Void> record(Stage.Session session, AuditEvent event);
}
