package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads durable records in order, with file handles of its own. It blocks for the disk, so it must
 * not be used on an event loop; it belongs to one thread. Records that are released while it stands
 * before them are passed over.
 */
public final class JournalReader implements AutoCloseable {

  private final JournalCore core;
  private final RecordFormat format;
  private @Nullable SegmentCursor cursor;
  private long position;

  JournalReader(JournalCore core, long fromPosition) {
    this.core = core;
    this.format = core.newFormat();
    this.position = fromPosition;
  }

  /**
   * The next records: at most so many, and no further one once their bodies exceed the bytes. Never
   * waits for new ones: empty when there are none.
   */
  public JournalBatch read(int recordsMax, int bytesMax) throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    List<Damaged> damaged = new ArrayList<>();
    long durable = core.durable();
    long bytes = 0;
    if (cursor != null) {
      cursor.refresh();
    }
    while (position <= durable && entries.size() < recordsMax && bytes < bytesMax) {
      SegmentCursor.Step step = step(durable);
      if (step instanceof SegmentCursor.Step.Intact intact) {
        bytes += accept(intact.record().entry(), entries);
      } else if (step instanceof SegmentCursor.Step.Lost lost) {
        accept(lost.damaged(), damaged);
      }
    }
    return new JournalBatch(entries, damaged, position);
  }

  private int accept(JournalEntry entry, List<JournalEntry> entries) {
    if (entry.position() < position) {
      return 0;
    }
    position = entry.position() + 1;
    entries.add(entry);
    return entry.body().length;
  }

  /** A reader that was overtaken by a release sees reused bytes, which is no damage. */
  private void accept(Damaged lost, List<Damaged> damaged) {
    if (cursor != null && !core.segments().contains(cursor.segment())) {
      closeCursor();
      return;
    }
    if (lost.lastPosition() >= position) {
      position = lost.lastPosition() + 1;
      damaged.add(lost);
    }
  }

  /** Moves one step in the segment that holds the position, opening it first where necessary. */
  private SegmentCursor.Step step(long durable) throws IOException {
    Segments.Range range = core.segments().containing(position);
    if (range == null) {
      throw new IOException("the journal has no segment for position " + position);
    }
    Segment segment = range.segment();
    position = Math.max(position, segment.firstSequence());
    if (cursor == null || cursor.segment().number() != segment.number()) {
      closeCursor();
      try {
        cursor = core.cursorOf(segment, format);
      } catch (NoSuchFileException e) {
        if (core.segments().contains(segment)) {
          throw e;
        }
        return new SegmentCursor.Step.End();
      }
    }
    return cursor.nextBefore(Math.min(durable + 1, range.end()));
  }

  private void closeCursor() {
    SegmentCursor closing = cursor;
    cursor = null;
    if (closing != null) {
      closing.close();
    }
  }

  @Override
  public void close() {
    closeCursor();
  }
}
