package dev.saferun.platform;

import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.hibernate.reactive.stage.Stage;

/**
 * Says that something of an organization changed, to every node of the appliance: by LISTEN/NOTIFY
 * within milliseconds, and by a poll behind it for what a broken connection missed. A listener is
 * told <em>that</em>, never <em>what</em>: it reads the current state itself, so a notice that
 * comes twice or late does no harm.
 */
public interface ChangeFeed {

  /**
   * Bumps the topic's revision in the caller's own transaction: the notice goes out when it
   * commits.
   */
  CompletionStage<Void> publish(Stage.Session session, UUID organizationId, String topic);

  CompletionStage<Void> publish(SqlConnection connection, UUID organizationId, String topic);

  /**
   * Calls {@code listener} with the organization after each change of {@code topic}, including
   * changes by this node. The listener must not block.
   */
  void subscribe(String topic, Consumer<UUID> listener);
}
