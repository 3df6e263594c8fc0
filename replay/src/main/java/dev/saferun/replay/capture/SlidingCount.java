package dev.saferun.replay.capture;

import java.util.Arrays;

/**
 * What was used within a length of time that slides along, in {@link #SLICES} slices: the oldest
 * one leaves as a whole, so what is counted is between 59/60 and 60/60 of the length. Wall time
 * that goes back counts as the latest time that was seen.
 */
final class SlidingCount {

  static final int SLICES = 60;

  private final double[] slices = new double[SLICES];
  private final long sliceMillis;
  private long latest;

  SlidingCount(long lengthMillis) {
    this.sliceMillis = Math.max(1, lengthMillis / SLICES);
  }

  /** Adds an amount and gives what was there before. */
  synchronized double add(long atMillis, double amount) {
    long slice = slide(atMillis);
    double before = 0;
    for (double used : slices) {
      before += used;
    }
    slices[(int) (slice % SLICES)] += amount;
    return before;
  }

  /** Takes back what was added then, unless it has left already. */
  synchronized void takeBack(long atMillis, double amount) {
    long slice = Math.min(atMillis / sliceMillis, latest);
    if (slice > latest - SLICES) {
      int place = (int) (slice % SLICES);
      slices[place] = Math.max(0, slices[place] - amount);
    }
  }

  private long slide(long atMillis) {
    long slice = atMillis / sliceMillis;
    if (slice - latest >= SLICES) {
      Arrays.fill(slices, 0);
    } else {
      for (long passed = latest + 1; passed <= slice; passed++) {
        slices[(int) (passed % SLICES)] = 0;
      }
    }
    latest = Math.max(latest, slice);
    return latest;
  }

  /** Whether all that was counted has left by then. */
  synchronized boolean isEmptyAt(long atMillis) {
    return atMillis / sliceMillis - latest >= SLICES;
  }
}
