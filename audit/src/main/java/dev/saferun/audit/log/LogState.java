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

  /** Whether that is new: the same fault, once a second, is told once. */
  boolean failed(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String now = String.valueOf(root.getMessage());
    boolean isNew = !now.equals(fault);
    fault = now;
    return isNew;
  }

  /** Why events are recorded but get no place in the log, or no signature; empty while they do. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }
}
