package dev.saferun.evaluator.opinion;

import java.util.function.LongSupplier;

/**
 * Leaves a model alone for a while that failed several times in a row. When the rest is over one
 * question finds out for all; the others wait for another rest, or for its answer.
 */
final class Patience {

  private static final long REST_NANOS = OpinionLimits.REST.toNanos();

  private final LongSupplier nanoTime;
  private int failures;
  private long restsUntil;

  /**
   * @param nanoTime a clock that only goes forward, as {@link System#nanoTime} does
   */
  Patience(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether the model is to be left alone now; where it is not, the caller must ask. */
  synchronized boolean rests() {
    if (failures < OpinionLimits.FAILURES_MAX) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (now - restsUntil < 0) {
      return true;
    }
    restsUntil = now + REST_NANOS;
    return false;
  }

  /** Takes note of a failure; true where the model is left alone because of it. */
  synchronized boolean failed() {
    failures = Math.min(failures + 1, OpinionLimits.FAILURES_MAX);
    if (failures < OpinionLimits.FAILURES_MAX) {
      return false;
    }
    restsUntil = nanoTime.getAsLong() + REST_NANOS;
    return true;
  }

  /** Takes note of an answer; true where that ends a rest. */
  synchronized boolean answered() {
    boolean rested = failures >= OpinionLimits.FAILURES_MAX;
    failures = 0;
    return rested;
  }
}
