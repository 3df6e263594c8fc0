package dev.saferun.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A database that is migrated, connected and, where it is the embedded one, supervised; closing it
 * ends all three. One that is {@linkplain #awaitedSince awaited} becomes so when it can be reached:
 * until then every use of it fails as that of a database that is away.
 */
public interface RunningDatabase extends AutoCloseable {

  Database database();

  ChangeFeed changeFeed();

  /**
   * A connection as the owner of the schemas, for administration and for proofs that a guard can
   * fail. Blocks; no request is ever served by it. Forced row-level security binds the owner too.
   */
  Connection ownerConnection() throws SQLException;

  /**
   * Since when this waits for a database that was never reached; empty once it is migrated and
   * connected, whatever becomes of it then.
   */
  Optional<Instant> awaitedSince();

  /** The embedded server's process id; empty with an external one and while it is down. */
  OptionalLong serverProcessId();

  /**
   * Takes the embedded server down while the rest goes on, as an upgrade of an external one would;
   * it stays down until {@link #startServer}. Refused with an external one.
   */
  void stopServer();

  /** Brings the embedded server back after {@link #stopServer}. */
  void startServer();

  @Override
  void close();
}
