package dev.saferun.replay.understand;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Rows of one organization, for work that waits for them. Blocks: only inside a {@link Turn}. */
@Singleton
class Rows {

  private final Database database;

  Rows(Database database) {
    this.database = database;
  }

  RowSet<Row> read(UUID organizationId, String sql, Tuple parameters) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage())
        .toCompletableFuture()
        .join();
  }
}
