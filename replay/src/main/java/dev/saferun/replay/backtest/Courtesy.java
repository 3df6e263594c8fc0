package dev.saferun.replay.backtest;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets live checks go first: while any come in, all workers together work a tenth of the time of
 * one processor, in slices of a quarter of a millisecond; while none do, they do not rest.
 */
final class Courtesy {

  private static final long SLICE_NANOS = 250_000;
  private static final int RESTS = 9;

  private final BooleanSupplier busy;
  private final int rests;
  private long sliceStart = System.nanoTime();

  /**
   * @param busy whether live checks come in now
   * @param workers how many share the tenth
   */
  Courtesy(BooleanSupplier busy, int workers) {
    this.busy = busy;
    this.rests = (RESTS + 1) * workers - 1;
  }

  /** To be called between two decisions; rests where it is time to. */
  void step() {
    long worked = System.nanoTime() - sliceStart;
    if (worked < SLICE_NANOS) {
      return;
    }
    if (busy.getAsBoolean()) {
      LockSupport.parkNanos(worked * rests);
    }
    sliceStart = System.nanoTime();
  }
}
