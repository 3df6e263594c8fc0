package dev.saferun.evaluator.history;

import dev.saferun.evaluator.HistoryLimits;
import java.util.Arrays;

/**
 * The newest values of one argument, as hashes in the order in which they came. The window slides,
 * so all that it tells is of {@link Limits#VALUES_REMEMBERED_MAX} values at most, and a question
 * goes through that many numbers once, however long the history is.
 *
 * <p>How likely the next value is a new one is told by how many stand in the window once (Good and
 * Turing: their share of all values estimates the share of what was never seen). A value that
 * redaction hid may have been any, so it counts as one that was new.
 */
final class Recent {

  /** In place of a value that redaction took. */
  static final long HIDDEN = 0;

  private static final int FIRST_ROOM = 16;

  private long[] values = new long[FIRST_ROOM];
  private int oldest;
  private int size;
  private int hidden;
  private int once;
  private int different;

  /** Takes the newest value in; the oldest leaves where there is no room. */
  void add(long value) {
    if (size == HistoryLimits.VALUES_MAX) {
      leave();
    }
    enter(value);
    values[(oldest + size++) & (values.length - 1)] = value;
  }

  /** Takes in a value that came before all others, if there is room. */
  void addEarlier(long value) {
    if (size < HistoryLimits.VALUES_MAX) {
      enter(value);
      oldest = (oldest - 1) & (values.length - 1);
      values[oldest] = value;
      size++;
    }
  }

  private void enter(long value) {
    if (size == values.length) {
      grow();
    }
    if (value == HIDDEN) {
      hidden++;
      return;
    }
    int before = count(value);
    different += before == 0 ? 1 : 0;
    once += before == 0 ? 1 : before == 1 ? -1 : 0;
  }

  private void leave() {
    long value = values[oldest];
    values[oldest] = HIDDEN;
    oldest = (oldest + 1) & (values.length - 1);
    size--;
    if (value == HIDDEN) {
      hidden--;
      return;
    }
    int left = count(value);
    different -= left == 0 ? 1 : 0;
    once += left == 0 ? -1 : left == 1 ? 1 : 0;
  }

  /** Room is a power of two. */
  private void grow() {
    long[] larger = Arrays.copyOf(values, values.length * 2);
    System.arraycopy(values, oldest, larger, 0, values.length - oldest);
    System.arraycopy(values, 0, larger, values.length - oldest, oldest);
    values = larger;
    oldest = 0;
  }

  /** How often the value stands here; never asked of {@link #HIDDEN}, which empty places hold. */
  int count(long value) {
    int count = 0;
    for (long one : values) {
      count += one == value ? 1 : 0;
    }
    return count;
  }

  /** Values that are known. */
  int known() {
    return size - hidden;
  }

  /** How many of the known values differ. */
  int different() {
    return different;
  }

  /** The share of the window that has this value; a hidden one is another. */
  double share(long value) {
    return size == 0 ? 0 : (double) count(value) / size;
  }

  /** The chance that the next value was never seen. One more that is new is supposed always. */
  double chanceOfNew() {
    return chanceOfNew(once + hidden, size);
  }

  static double chanceOfNew(long once, long all) {
    return (once + 1.0) / (all + 1.0);
  }

  /** Counts the known values by kind. */
  void tally(Kind kind, int[] counts) {
    for (long one : values) {
      if (one != HIDDEN) {
        counts[kind.of(one)]++;
      }
    }
  }

  /** Sorts values into few kinds. */
  @FunctionalInterface
  interface Kind {
    int of(long value);
  }
}
