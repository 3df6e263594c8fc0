package dev.saferun.replay.drain;

import java.util.function.DoubleSupplier;

/**
 * How long the drain rests after a batch, so that checks come first: not at all while the processor
 * has time to spare, else three times as long as the batch took. A backlog of half the journal's
 * bound ends the courtesy, because a full journal would stop the checks themselves.
 *
 * @param busyLoad share of all processors in use, between 0 and 1, from which on they are busy
 * @param load the share in use now
 */
record Share(double busyLoad, long journalBytesMax, DoubleSupplier load) {

  private static final int RESTS = 3;

  /**
   * @param waitingBytes what the journal still holds for the drain
   */
  long restNanos(long batchNanos, long waitingBytes) {
    boolean mayLinger = waitingBytes > 0 && waitingBytes < journalBytesMax / 2;
    // The load is always read: it is measured from one reading to the next.
    boolean busy = load.getAsDouble() >= busyLoad;
    return busy && mayLinger ? RESTS * batchNanos : 0;
  }
}
