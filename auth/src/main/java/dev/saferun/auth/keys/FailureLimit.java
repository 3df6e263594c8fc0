package dev.saferun.auth.keys;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts failures by where they come from or whom they are about, and says when one of these has
 * had enough. The number that is remembered is bounded; when all of them are busy, the new ones
 * share one count.
 */
public final class FailureLimit {

  static final int NAMES_MAX = 10_000;

  private final long intervalNanos;
  private final int burst;
  private final Map<String, RateLimit> byName = new ConcurrentHashMap<>();
  private final RateLimit others = new RateLimit(System.nanoTime());
  // A flood from many addresses must not make each of its requests look through all of them.
  private final RateLimit sweeps = new RateLimit(System.nanoTime());

  /**
   * @param interval after which one failure is forgotten
   * @param burst how many failures there may be at once
   */
  public FailureLimit(Duration interval, int burst) {
    this.intervalNanos = interval.toNanos();
    this.burst = burst;
  }

  /** Notes one failure; returns 0, or how many nanoseconds to wait. */
  public long failed(String name, long nowNanos) {
    return of(name, nowNanos).takeEvery(nowNanos, intervalNanos, burst);
  }

  /** How many nanoseconds are to wait before another try would be let in; 0 for none. */
  public long wait(String name, long nowNanos) {
    RateLimit known = byName.get(name);
    return known == null ? 0 : known.waitNanos(nowNanos, intervalNanos, burst);
  }

  private RateLimit of(String name, long nowNanos) {
    RateLimit known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (byName.size() >= NAMES_MAX && sweeps.take(nowNanos, 1, 1) == 0) {
      byName.values().removeIf(limit -> limit.isFull(nowNanos));
    }
    return byName.size() >= NAMES_MAX
        ? others
        : byName.computeIfAbsent(name, fresh -> new RateLimit(nowNanos));
  }
}
