package dev.saferun.audit.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The receiver did not take a batch now. The message is shown with the destination. */
public final class SinkException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient @Nullable Duration retryAfter;

  /**
   * @param reason what happened, for a person who mends it; no secrets
   */
  public SinkException(String reason) {
    this(reason, null, null);
  }

  /**
   * @param retryAfter what the receiver asked for
   */
  public SinkException(String reason, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(reason, cause);
    this.retryAfter = retryAfter;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
