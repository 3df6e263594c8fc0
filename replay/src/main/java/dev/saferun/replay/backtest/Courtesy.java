package dev.saferun.replay.backtest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets live checks go first: while calls are recorded on this node a worker rests nine times as
 * long as it worked, in slices of a millisecond; while none are, it does not rest.
 */
final class Courtesy {

  private static final long SLICE_NANOS = Duration.ofMillis(1).toNanos();
  private static final int RESTS = 9;
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  /** Fewer records between two looks are no traffic that anybody waits for. */
  private static final long BUSY_RECORDS = 2;

  private final LongSupplier recorded;
  private long sliceStart;
  private long lookedAt;
  private long recordedThen;
  private boolean busy;

  /**
   * @param recorded how many records this node has taken, ever growing
   */
  Courtesy(LongSupplier recorded) {
    this.recorded = recorded;
    this.recordedThen = recorded.getAsLong();
    this.sliceStart = System.nanoTime();
    this.lookedAt = sliceStart;
  }

  /** To be called between two decisions; rests where it is time to. */
  void step() {
    long now = System.nanoTime();
    if (now - sliceStart < SLICE_NANOS) {
      return;
    }
    if (now - lookedAt >= LOOK_NANOS) {
      long records = recorded.getAsLong();
      busy = records - recordedThen >= BUSY_RECORDS;
      recordedThen = records;
      lookedAt = now;
    }
    if (busy) {
      LockSupport.parkNanos((now - sliceStart) * RESTS);
    }
    sliceStart = System.nanoTime();
  }
}
