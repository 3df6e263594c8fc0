package dev.saferun.audit;

import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Takes what other modules have for receivers of events, by reference: its place in the stream is
 * kept here, what it is stays with whoever announced it.
 */
public interface Announcements {

  /**
   * Announces detections in the transaction that they are written in.
   *
   * @param ids UUIDv7, by which {@link DetectionSource} finds them; none may come twice
   */
  CompletionStage<Void> announce(SqlConnection connection, UUID organizationId, List<UUID> ids);
}
