package dev.saferun.audit.log;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the log is carried on, as health tells it. */
@Singleton
public class LogState {

  private volatile @Nullable String fault;

  void worked() {
    fault = null;
  }

  void failed(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    fault = String.valueOf(root.getMessage());
  }

  /** Why events are recorded but get no place in the log, or no signature; empty while they do. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }
}
