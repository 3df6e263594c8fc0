package dev.saferun.audit.log;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds events that neither have a place in the log nor wait for one: those of before there was a
 * log, and any whose waiting was taken away behind the appliance's back.
 */
@Singleton
class Strays {

  private static final Logger LOG = LoggerFactory.getLogger(Strays.class);

  private static final String GATHER =
      """
      insert into audit.pending (organization_id, id, kind)
      select event.organization_id, event.id, 'audit' from audit.event
      where event.organization_id = $1
        and not exists (select from audit.leaf
          where leaf.organization_id = $1 and leaf.event_id = event.id)
      on conflict do nothing
      """;

  private final Database database;

  Strays(Database database) {
    this.database = database;
  }

  /** Lets them wait for their place; at a node's start, since it looks at every event. */
  CompletionStage<Integer> gather(UUID organizationId) {
    return database
        .inConnection(
            organizationId,
            connection ->
                LogWriter.takeTurn(connection, organizationId)
                    .thenCompose(
                        turn ->
                            connection
                                .preparedQuery(GATHER)
                                .execute(Tuple.of(organizationId))
                                .toCompletionStage()))
        .thenApply(
            gathered -> {
              if (gathered.rowCount() > 0) {
                LOG.atWarn()
                    .addKeyValue("organization", organizationId)
                    .addKeyValue("events", gathered.rowCount())
                    .log("events had no place in the audit log and get one now");
              }
              return gathered.rowCount();
            });
  }
}
