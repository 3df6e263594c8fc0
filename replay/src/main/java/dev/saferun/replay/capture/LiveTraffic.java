package dev.saferun.replay.capture;

import dev.saferun.audit.LiveLoad;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Whether anybody waits for checks now: what background work looks at to keep out of the way. */
@Singleton
public final class LiveTraffic implements LiveLoad {

  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  /** Fewer records between two looks are no traffic that anybody waits for. */
  private static final long BUSY_RECORDS = 2;

  private final Memory memory;
  private long lookedAt = System.nanoTime();
  private long recordsThen;
  private boolean busy;

  LiveTraffic(Memory memory) {
    this.memory = memory;
  }

  /** Whether records came since the last look, a tenth of a second ago or more. */
  @Override
  public synchronized boolean isBusy() {
    long now = System.nanoTime();
    if (now - lookedAt >= LOOK_NANOS) {
      long records = memory.lastPosition();
      busy = records - recordsThen >= BUSY_RECORDS;
      recordsThen = records;
      lookedAt = now;
    }
    return busy;
  }
}
