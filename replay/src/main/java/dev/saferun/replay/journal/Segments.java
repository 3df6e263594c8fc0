package dev.saferun.replay.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments in order, shared by the writer, the releasing drain and the readers. */
final class Segments {

  private final List<Segment> segments = new ArrayList<>();

  /** A segment and the sequence at which it ends because the next begins. */
  record Range(Segment segment, long end) {}

  synchronized void add(Segment segment) {
    segments.add(segment);
  }

  synchronized void replace(Segment segment) {
    segments.replaceAll(each -> each.number() == segment.number() ? segment : each);
  }

  synchronized long bytes() {
    return segments.stream().mapToLong(Segment::fileBytes).sum();
  }

  synchronized boolean contains(Segment segment) {
    return segments.stream().anyMatch(each -> each.number() == segment.number());
  }

  /** Where the sequence lies, or the first segment when it lies before; null when there is none. */
  synchronized @Nullable Range containing(long sequence) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).firstSequence() <= sequence || i == 0) {
        return new Range(segments.get(i), endOf(i));
      }
    }
    return null;
  }

  /** Takes out the segments whose records are all released; the last one always stays. */
  synchronized List<Segment> removeReleased(long released) {
    List<Segment> removed = new ArrayList<>();
    while (segments.size() > 1 && endOf(0) <= released + 1) {
      removed.add(segments.removeFirst());
    }
    return removed;
  }

  private long endOf(int index) {
    return index + 1 < segments.size() ? segments.get(index + 1).firstSequence() : Long.MAX_VALUE;
  }
}
