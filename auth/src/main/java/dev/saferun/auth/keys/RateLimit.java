package dev.saferun.auth.keys;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket in one number: the time at which the bucket would be full again (GCRA). Safe for
 * many threads, allocates nothing. Times are of the monotonic clock, in nanoseconds.
 */
public final class RateLimit {

  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final AtomicLong fullAtNanos;

  /** A full bucket. */
  public RateLimit(long nowNanos) {
    this.fullAtNanos = new AtomicLong(nowNanos);
  }

  /**
   * Takes one token where there is one; returns 0, or how many nanoseconds to wait for the next.
   *
   * @param perSecond tokens that flow in
   * @param burst tokens that the bucket holds
   */
  public long take(long nowNanos, int perSecond, int burst) {
    return takeEvery(nowNanos, Math.max(1, NANOS_A_SECOND / perSecond), burst);
  }

  /**
   * The same for tokens that flow in seldom.
   *
   * @param interval nanoseconds between two of them
   */
  long takeEvery(long nowNanos, long interval, int burst) {
    long depth = interval * burst;
    while (true) {
      long full = fullAtNanos.get();
      long next = (full - nowNanos < 0 ? nowNanos : full) + interval;
      long excess = next - nowNanos - depth;
      if (excess > 0) {
        return excess;
      }
      if (fullAtNanos.compareAndSet(full, next)) {
        return 0;
      }
    }
  }

  /** How long until there is a token; takes none. */
  long waitNanos(long nowNanos, long interval, int burst) {
    long full = fullAtNanos.get();
    long next = (full - nowNanos < 0 ? nowNanos : full) + interval;
    return Math.max(0, next - nowNanos - interval * burst);
  }

  boolean isFull(long nowNanos) {
    return fullAtNanos.get() - nowNanos <= 0;
  }
}
