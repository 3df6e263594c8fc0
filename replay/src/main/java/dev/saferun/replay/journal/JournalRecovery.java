package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a crash left. It changes only what nobody was told of: it removes unfinished files and
 * cuts the torn last group, and the journal then goes on in a new segment, so a crash in the middle
 * of recovery is the same as one before it.
 */
final class JournalRecovery {

  private final Disk disk;
  private final JournalSettings settings;
  private final RecordFormat format;

  private final List<Damaged> damaged = new ArrayList<>();
  private final Map<Long, Segment> cut = new HashMap<>();
  private SegmentCursor.Torn torn = new SegmentCursor.Torn(0, 0);
  private long expected;
  private long oldestMicros;

  JournalRecovery(Disk disk, JournalSettings settings, RecordFormat format) {
    this.disk = disk;
    this.settings = settings;
    this.format = format;
  }

  /**
   * What the journal starts from.
   *
   * @param oldestMicros when the oldest waiting record was received; 0 when none waits
   */
  record Found(
      Recovery recovery,
      List<Segment> segments,
      List<Path> spares,
      long unusedNumber,
      long oldestMicros) {}

  Found recover() throws IOException {
    List<Path> files = disk.list(settings.directory());
    Checkpoint written = Checkpoint.read(disk, settings.directory(), files);
    Checkpoint checkpoint = written == null ? Checkpoint.NONE : written;
    // What the checkpoint allows to delete may go only once the checkpoint itself cannot.
    disk.forceDirectory(settings.directory());
    long unusedNumber = unusedNumber(files, checkpoint);
    List<Path> spares = tidy(files);
    List<Segment> segments = live(files, checkpoint.released());
    expected = segments.isEmpty() ? checkpoint.released() + 1 : segments.getFirst().firstSequence();
    long released = Math.max(checkpoint.released(), expected - 1);
    for (int i = 0; i < segments.size(); i++) {
      boolean last = i == segments.size() - 1;
      scan(segments.get(i), last ? Long.MAX_VALUE : segments.get(i + 1).firstSequence(), released);
    }
    Recovery recovery =
        new Recovery(
            released,
            Math.max(released, expected - 1),
            torn.records(),
            torn.bytes(),
            List.copyOf(damaged));
    return new Found(recovery, cutTail(segments), spares, unusedNumber, oldestMicros);
  }

  private static long unusedNumber(List<Path> files, Checkpoint checkpoint) {
    long highest = files.stream().mapToLong(Segment::number).max().orElse(0);
    return Math.max(highest + 1, checkpoint.unusedNumber());
  }

  /** Removes what is unfinished, and gives back the spare files of full size. */
  private List<Path> tidy(List<Path> files) throws IOException {
    List<Path> spares = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(Spares.SUFFIX) && isWhole(file)) {
        spares.add(file);
      } else if (name.endsWith(Spares.SUFFIX)
          || name.endsWith(Spares.UNFINISHED_SUFFIX)
          || name.equals(Checkpoint.NEW_NAME)) {
        disk.delete(file);
      }
    }
    return spares;
  }

  private boolean isWhole(Path file) throws IOException {
    try (DiskFile open = disk.openForReading(file)) {
      return open.size() == settings.segmentBytes();
    }
  }

  /** The segments in order, without those that are released or were never finished. */
  private List<Segment> live(List<Path> files, long released) throws IOException {
    List<Path> named =
        files.stream()
            .filter(file -> Segment.number(file) >= 0)
            .sorted(Comparator.comparingLong(Segment::number))
            .toList();
    List<Segment> segments = new ArrayList<>();
    for (Path file : named) {
      Segment segment = identify(file);
      if (segment == null) {
        disk.delete(file);
      } else {
        segments.add(segment);
      }
    }
    while (segments.size() > 1 && segments.get(1).firstSequence() <= released + 1) {
      disk.delete(segments.removeFirst().file());
    }
    return segments;
  }

  /** Null for a segment that never held a record because its own making was cut short. */
  private @Nullable Segment identify(Path file) throws IOException {
    long number = Segment.number(file);
    ByteBuffer block = ByteBuffer.allocate(SegmentHeader.BYTES);
    long bytes;
    try (DiskFile open = disk.openForReading(file)) {
      bytes = open.size();
      while (block.hasRemaining() && open.read(block, block.position()) > 0) {
        // Reads may be short.
      }
    }
    SegmentHeader header = SegmentHeader.decode(block.flip(), number);
    if (header != null) {
      return new Segment(file, number, header.firstSequence(), bytes, true);
    }
    Segment unnamed = new Segment(file, number, 0, bytes, false);
    long first = firstRecord(unnamed);
    return first < 0 ? null : new Segment(file, number, first, bytes, false);
  }

  /** With a header that storage lost, the first record tells where the segment begins. */
  private long firstRecord(Segment unnamed) throws IOException {
    try (SegmentCursor cursor = cursor(unnamed)) {
      return cursor.firstIntact();
    }
  }

  private void scan(Segment segment, long end, long released) throws IOException {
    if (segment.firstSequence() > expected) {
      damaged.add(new Damaged(segment.name(), 0, expected, segment.firstSequence() - 1));
      expected = segment.firstSequence();
    }
    try (SegmentCursor cursor = cursor(segment)) {
      boolean more = true;
      while (more) {
        SegmentCursor.Step step =
            end == Long.MAX_VALUE ? cursor.nextOfLast() : cursor.nextBefore(end);
        more = note(step, released);
      }
      expected = Math.max(expected, cursor.expected());
      if (end == Long.MAX_VALUE) {
        torn = cursor.torn();
        cut.put(segment.number(), segment.cut(tailEnd(segment, cursor)));
      }
    }
  }

  /** A page is kept whole: cutting inside would write to it again. */
  private static long tailEnd(Segment segment, SegmentCursor cursor) {
    return Math.min(segment.fileBytes(), RecordFormat.pageAfter(cursor.offset()));
  }

  private boolean note(SegmentCursor.Step step, long released) {
    switch (step) {
      case SegmentCursor.Step.Intact intact -> {
        if (oldestMicros == 0 && intact.record().sequence() > released) {
          oldestMicros = intact.record().entry().header().receivedMicros();
        }
      }
      case SegmentCursor.Step.Lost lost -> damaged.add(lost.damaged());
      case SegmentCursor.Step.End end -> {
        return false;
      }
    }
    return true;
  }

  /** What was read from the cache alone is made durable before anybody relies on it. */
  private List<Segment> cutTail(List<Segment> segments) throws IOException {
    List<Segment> kept = new ArrayList<>();
    for (Segment segment : segments) {
      Segment last = cut.get(segment.number());
      if (last == null) {
        kept.add(segment);
      } else {
        try (DiskFile file = disk.open(segment.file())) {
          file.truncate(last.fileBytes());
          file.force();
        }
        kept.add(last);
      }
    }
    return kept;
  }

  private SegmentCursor cursor(Segment segment) throws IOException {
    return new SegmentCursor(
        segment, disk.openForReading(segment.file()), format, settings.recordBytesMax());
  }
}
