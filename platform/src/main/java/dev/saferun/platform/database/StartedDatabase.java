package dev.saferun.platform.database;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parts that a start made, and what closes them. */
record StartedDatabase(
    Database database,
    ChangeFeed changeFeed,
    DatabaseAddress address,
    @Nullable EmbeddedPostgres postgres,
    Closing closing)
    implements RunningDatabase {

  @Override
  public Connection ownerConnection() throws SQLException {
    return address.ownerConnection();
  }

  @Override
  public Optional<Instant> awaitedSince() {
    return Optional.empty();
  }

  @Override
  public OptionalLong serverProcessId() {
    return postgres == null ? OptionalLong.empty() : postgres.processId();
  }

  @Override
  public void stopServer() {
    embedded().pause();
  }

  @Override
  public void startServer() {
    embedded().resume();
  }

  @Override
  public void close() {
    closing.close();
  }

  private EmbeddedPostgres embedded() {
    if (postgres == null) {
      throw new IllegalStateException("an external database is not ours to stop");
    }
    return postgres;
  }
}
