package dev.saferun.auth.keys;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts failing keys by source address, and says when one address has had enough. The number of
 * addresses that are remembered is bounded; when all of them are busy, the new ones share one
 * count.
 */
@Singleton
public final class FailureLimit {

  static final int FAILURES_PER_SECOND = 5;
  static final int FAILURES_BURST = 100;
  static final int ADDRESSES_MAX = 10_000;

  private final Map<String, RateLimit> byAddress = new ConcurrentHashMap<>();
  private final RateLimit others = new RateLimit(System.nanoTime());
  // A flood from many addresses must not make each of its requests look through all of them.
  private final RateLimit sweeps = new RateLimit(System.nanoTime());

  /** Notes one failure; returns 0, or how many nanoseconds the address should wait. */
  public long failed(String address, long nowNanos) {
    return of(address, nowNanos).take(nowNanos, FAILURES_PER_SECOND, FAILURES_BURST);
  }

  private RateLimit of(String address, long nowNanos) {
    RateLimit known = byAddress.get(address);
    if (known != null) {
      return known;
    }
    if (byAddress.size() >= ADDRESSES_MAX && sweeps.take(nowNanos, 1, 1) == 0) {
      byAddress.values().removeIf(limit -> limit.isFull(nowNanos));
    }
    return byAddress.size() >= ADDRESSES_MAX
        ? others
        : byAddress.computeIfAbsent(address, fresh -> new RateLimit(nowNanos));
  }
}
