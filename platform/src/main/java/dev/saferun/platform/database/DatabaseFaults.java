package dev.saferun.platform.database;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * Tells a database that is away from one that refuses. The first becomes a problem that says so;
 * the second (a unique key, a foreign scope) is the caller's to understand and is passed on.
 */
final class DatabaseFaults {

  private DatabaseFaults() {}

  static Throwable translate(Throwable fault) {
    Throwable root = fault;
    for (int depth = 0; depth < 16 && root != null; depth++) {
      if (root instanceof ProblemException) {
        return unwrapped(fault);
      }
      if (isAway(root)) {
        return unavailable();
      }
      root = root.getCause();
    }
    return unwrapped(fault);
  }

  static ProblemException unavailable() {
    return new ProblemException(
        CommonProblem.DATABASE_UNAVAILABLE, "the database cannot be reached; try again later");
  }

  private static boolean isAway(Throwable fault) {
    if (fault instanceof PgException refused) {
      return away(refused);
    }
    // Of its own, the pool has only the last of these: "Timeout", "Connection is not active now".
    return fault instanceof ClosedConnectionException
        || fault instanceof IOException
        || fault instanceof TimeoutException
        || fault instanceof VertxException;
  }

  /** 08 connection, 57P admin shutdown, crash, starting up; 53300 too many connections. */
  private static boolean away(PgException refused) {
    String state = refused.getSqlState();
    return state != null
        && (state.startsWith("08") || state.startsWith("57P") || state.equals("53300"));
  }

  private static Throwable unwrapped(Throwable fault) {
    Throwable cause = fault.getCause();
    return fault instanceof CompletionException && cause != null ? cause : fault;
  }
}
