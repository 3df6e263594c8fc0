package dev.saferun.replay.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Holds the wall clock against the time that passed: what is destroyed because it is too old cannot
 * be had back, so a clock that jumped is not believed for a day, in which a person may notice.
 */
final class ClockWatch {

  static final Duration JUMP_MIN = Duration.ofMinutes(10);
  static final Duration BELIEVED_AFTER = Duration.ofHours(24);

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private Instant seen;
  private long seenNanos;
  private long believedFromNanos;

  ClockWatch(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.seen = wall.instant();
    this.seenNanos = nanoTime.getAsLong();
    this.believedFromNanos = seenNanos;
  }

  /** Looks at both clocks, and says whether the wall clock may be gone by now. */
  boolean isBelieved() {
    Instant now = wall.instant();
    long nanos = nanoTime.getAsLong();
    Instant expected = seen.plusNanos(nanos - seenNanos);
    if (Duration.between(expected, now).abs().compareTo(JUMP_MIN) > 0) {
      believedFromNanos = nanos + BELIEVED_AFTER.toNanos();
    }
    seen = now;
    seenNanos = nanos;
    return nanos - believedFromNanos >= 0;
  }
}
