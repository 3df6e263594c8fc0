package dev.saferun.audit.store;

import dev.saferun.audit.Announcements;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Writes that they have no place in the stream yet. */
@Singleton
class StoredAnnouncements implements Announcements {

  private static final String PENDING =
      """
      insert into audit.pending (organization_id, id, kind)
      select $1, id, 'detection' from unnest($2::uuid[]) as announced (id)
      """;

  @Override
  public CompletionStage<Void> announce(
      SqlConnection connection, UUID organizationId, List<UUID> ids) {
    return connection
        .preparedQuery(PENDING)
        .execute(Tuple.of(organizationId).addValue(ids.toArray(UUID[]::new)))
        .<Void>mapEmpty()
        .toCompletionStage();
  }
}
