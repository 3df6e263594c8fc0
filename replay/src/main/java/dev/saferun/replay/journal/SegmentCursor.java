package dev.saferun.replay.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A place in one segment that moves from record to record, and over records that storage lost.
 * Recovery and readers use the same one, so that both see the same records.
 */
final class SegmentCursor implements AutoCloseable {

  private static final int WINDOW_BYTES = 256 << 10;

  private final Segment segment;
  private final DiskFile file;
  private final RecordFormat format;
  private final int recordBytesMax;

  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;
  private long offset = SegmentHeader.BYTES;
  private long expected;

  /** What the next step met. */
  sealed interface Step {
    record Intact(RecordFormat.Decoded record) implements Step {}

    record Lost(Damaged damaged) implements Step {}

    record End() implements Step {}
  }

  SegmentCursor(Segment segment, DiskFile file, RecordFormat format, int bodyBytesMax) {
    this.segment = segment;
    this.file = file;
    this.format = format;
    this.recordBytesMax = bodyBytesMax + RecordFormat.HEADER_BYTES_MAX;
    this.expected = segment.firstSequence();
  }

  Segment segment() {
    return segment;
  }

  /** The sequence that the next record must have. */
  long expected() {
    return expected;
  }

  /** Behind the last record. */
  long offset() {
    return offset;
  }

  /** Forgets what was read ahead, which the writer may have changed since. */
  void refresh() {
    window.limit(0);
  }

  /** The next record where all sequences before {@code end} are known to have been durable. */
  Step nextBefore(long end) throws IOException {
    if (expected >= end) {
      return new Step.End();
    }
    RecordFormat.Decoded record = expectedRecord();
    if (record != null) {
      return advance(record);
    }
    return skipTo(nextIntact(end), end);
  }

  /**
   * The next record where only the disk tells how many there are. A record that cannot be read is
   * lost only if a later group proves that it had been durable; else it is the torn last group.
   */
  Step nextOfLast() throws IOException {
    RecordFormat.Decoded record = expectedRecord();
    if (record != null) {
      return advance(record);
    }
    Found found = nextIntact(Long.MAX_VALUE);
    if (found == null || !laterGroupAfter(found)) {
      return new Step.End();
    }
    return skipTo(found, found.record.sequence());
  }

  /** The sequence of the first record that can be read; -1 when there is none. */
  long firstIntact() throws IOException {
    Found found = intactFrom(SegmentHeader.BYTES, 0, Long.MAX_VALUE);
    return found == null ? -1 : found.record.sequence();
  }

  /** Of what follows the last durable record: how many whole records, and how many bytes. */
  Torn torn() throws IOException {
    long end = offset + Math.max(0, lengthAt(offset));
    long records = 0;
    long at = offset;
    for (Found found = intactFrom(at, expected, Long.MAX_VALUE);
        found != null;
        found = intactFrom(at, expected, Long.MAX_VALUE)) {
      records++;
      at = found.offset + found.record.paddedBytes();
      end = Math.max(end, at);
    }
    return new Torn(records, end - offset);
  }

  record Torn(long records, long bytes) {}

  private record Found(long offset, RecordFormat.Decoded record) {}

  /** The next of this group, or the first of a group on the next page. */
  private RecordFormat.@Nullable Decoded expectedRecord() throws IOException {
    RecordFormat.Decoded record = intactAt(offset);
    long page = RecordFormat.pageAfter(offset);
    if (record == null && page != offset) {
      record = intactAt(page);
      offset = record != null && record.sequence() == expected ? page : offset;
    }
    return record != null && record.sequence() == expected ? record : null;
  }

  private Step advance(RecordFormat.Decoded record) {
    offset += record.paddedBytes();
    expected = record.sequence() + 1;
    return new Step.Intact(record);
  }

  private Step skipTo(@Nullable Found found, long end) {
    long next = found == null ? end : found.record.sequence();
    Damaged damaged = new Damaged(segment.name(), offset, expected, next - 1);
    expected = next;
    offset = found == null ? offset : found.offset;
    return new Step.Lost(damaged);
  }

  private boolean laterGroupAfter(Found first) throws IOException {
    Found found = first;
    while (found != null && found.record.groupFirst() <= expected) {
      long from = found.offset + found.record.paddedBytes();
      found = intactFrom(from, found.record.sequence() + 1, Long.MAX_VALUE);
    }
    return found != null;
  }

  private @Nullable Found nextIntact(long end) throws IOException {
    return intactFrom(offset + RecordFormat.ALIGNMENT, expected + 1, end);
  }

  /** The first intact record at or after the place with a sequence in [from, end). */
  private @Nullable Found intactFrom(long place, long from, long end) throws IOException {
    long at = place;
    while (load(at, RecordFormat.HEADER_BYTES)) {
      int last = window.limit() - RecordFormat.HEADER_BYTES;
      int index = (int) (at - windowAt);
      while (index <= last && window.getInt(index) != RecordFormat.MAGIC) {
        index += RecordFormat.ALIGNMENT;
      }
      at = windowAt + index;
      RecordFormat.Decoded record = index <= last ? intactAt(at) : null;
      if (record != null && record.sequence() >= from && record.sequence() < end) {
        return new Found(at, record);
      }
      at += index <= last ? RecordFormat.ALIGNMENT : 0;
    }
    return null;
  }

  private int lengthAt(long at) throws IOException {
    if (!load(at, RecordFormat.HEADER_BYTES)) {
      return -1;
    }
    return RecordFormat.lengthAt(window, (int) (at - windowAt), recordBytesMax);
  }

  private RecordFormat.@Nullable Decoded intactAt(long at) throws IOException {
    int length = lengthAt(at);
    if (length < 0 || !load(at, length)) {
      return null;
    }
    return format.decode(window, (int) (at - windowAt), length, segment.number());
  }

  /** Has the bytes in the window; false when the file ends before. */
  private boolean load(long at, int bytes) throws IOException {
    if (at >= windowAt && at + bytes <= windowAt + window.limit()) {
      return true;
    }
    long left = segment.fileBytes() - at;
    if (left < bytes) {
      return false;
    }
    int capacity = (int) Math.min(Math.max(bytes, WINDOW_BYTES), left);
    ByteBuffer filled =
        window.capacity() >= capacity ? window.clear() : ByteBuffer.allocate(capacity);
    filled.limit(capacity);
    while (filled.hasRemaining() && file.read(filled, at + filled.position()) > 0) {
      // Reads may be short.
    }
    window = filled.flip();
    windowAt = at;
    return window.limit() >= bytes;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a handle for reading cannot be closed", e);
    }
  }
}
