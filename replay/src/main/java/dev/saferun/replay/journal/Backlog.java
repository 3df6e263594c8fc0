package dev.saferun.replay.journal;

import java.util.ArrayDeque;

/**
 * How far the drain is behind, from one mark a second instead of one a record: ages and bytes are
 * too high by at most one second of appends. Bounded; past the bound later marks are coarser.
 */
final class Backlog {

  private static final int MARKS_MAX = 1 << 16;
  private static final long MARK_MICROS = 1_000_000;

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long bytes;

  private record Mark(long firstPosition, long micros, long bytesBefore) {}

  /** Records found at opening. */
  synchronized void found(long firstPosition, long micros, long foundBytes) {
    marks.add(new Mark(firstPosition, micros, bytes));
    bytes += foundBytes;
  }

  synchronized void appended(long firstPosition, long micros, long groupBytes) {
    Mark last = marks.peekLast();
    boolean due = last == null || micros - last.micros >= MARK_MICROS;
    if (due && marks.size() < MARKS_MAX) {
      marks.add(new Mark(firstPosition, micros, bytes));
    }
    bytes += groupBytes;
  }

  /** Drops the marks before the one that holds the first position that still waits. */
  synchronized void released(long upToPosition, boolean all) {
    Mark first = marks.pollFirst();
    Mark second = marks.peekFirst();
    while (second != null && second.firstPosition <= upToPosition + 1) {
      marks.pollFirst();
      first = second;
      second = marks.peekFirst();
    }
    if (first != null && !all) {
      marks.addFirst(first);
    }
  }

  synchronized long waitingBytes() {
    Mark first = marks.peekFirst();
    return first == null ? 0 : bytes - first.bytesBefore;
  }

  synchronized long oldestAgeMillis(long nowMicros) {
    Mark first = marks.peekFirst();
    return first == null ? 0 : Math.max(0, nowMicros - first.micros) / 1000;
  }
}
