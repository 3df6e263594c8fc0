package dev.saferun.replay.capture;

import java.util.concurrent.CompletionStage;

/** How far the drain is; filled by the drain. */
public interface DrainProgress {

  /** The last position that the database has. */
  long drainedPosition();

  /** Completes when the database has this position; the caller sets its own deadline. */
  CompletionStage<Void> drained(long position);
}
