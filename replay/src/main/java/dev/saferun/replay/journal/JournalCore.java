package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal without its thread: group commit, change of segments, faults and release, each a
 * plain call, so that a simulation can drive them one by one. {@link #writeGroup} belongs to one
 * thread; everything else may be called from another.
 *
 * <p>After any fault the segment is left for good at its last durable record and the next group
 * goes into a new one: a sync that failed once can succeed later without having written anything.
 */
final class JournalCore implements AutoCloseable {

  private final Disk disk;
  private final JournalSettings settings;
  private final Mechanics mechanics;
  private final LongSupplier nanoClock;
  private final RecordFormat format;
  private final Segments segments = new Segments();
  private final Spares spares;
  private final Backlog backlog = new Backlog();
  private final AtomicLong unusedNumber;
  private final Recovery recovery;
  private final ByteBuffer buffer;

  private @Nullable Segment activeSegment;
  private @Nullable DiskFile activeFile;
  private long activeOffset;
  private @Nullable Appended faultOutcome;
  private long faultNanos;

  private volatile long durable;
  private volatile long released;
  private volatile boolean healthy = true;
  private volatile GroupFigures figures = new GroupFigures(0, 0, 0, 0, 0);

  /** What the groups since the start add up to. */
  record GroupFigures(
      long groups, long records, int lastRecords, long lastSyncMicros, long syncMicrosTotal) {

    GroupFigures plus(int groupRecords, long syncMicros) {
      return new GroupFigures(
          groups + 1,
          records + groupRecords,
          groupRecords,
          syncMicros,
          syncMicrosTotal + syncMicros);
    }
  }

  private JournalCore(
      Disk disk,
      JournalSettings settings,
      Mechanics mechanics,
      LongSupplier nanoClock,
      JournalRecovery.Found found) {
    this.disk = disk;
    this.settings = settings;
    this.mechanics = mechanics;
    this.nanoClock = nanoClock;
    this.format = mechanics.format().get();
    this.spares = new Spares(disk, settings, mechanics.writer());
    this.unusedNumber = new AtomicLong(found.unusedNumber());
    this.recovery = found.recovery();
    this.durable = recovery.last();
    this.released = recovery.released();
    this.buffer = ByteBuffer.allocateDirect(settings.groupBytesMax());
    found.segments().forEach(segments::add);
    if (recovery.waiting() > 0) {
      backlog.found(released + 1, found.oldestMicros(), segments.bytes());
    }
  }

  /** Recovers, and makes the first segment where the disk has space for it. */
  static JournalCore open(
      Disk disk, JournalSettings settings, Mechanics mechanics, LongSupplier nanoClock)
      throws IOException {
    JournalRecovery.Found found =
        new JournalRecovery(disk, settings, mechanics.format().get()).recover();
    JournalCore core = new JournalCore(disk, settings, mechanics, nanoClock, found);
    for (Path spare : found.spares()) {
      core.spares.keep(spare);
    }
    core.ready();
    return core;
  }

  Recovery recovery() {
    return recovery;
  }

  Segments segments() {
    return segments;
  }

  long durable() {
    return durable;
  }

  long released() {
    return released;
  }

  boolean healthy() {
    return healthy;
  }

  Backlog backlog() {
    return backlog;
  }

  GroupFigures figures() {
    return figures;
  }

  RecordFormat newFormat() {
    return mechanics.format().get();
  }

  /**
   * Writes and syncs as many records from the head as fit into one group, and takes them off the
   * queue. Returns the outcome of the group: its first position, or why none of it was kept.
   */
  Appended writeGroup(ArrayDeque<Pending> queue, List<Pending> group) {
    Appended refusal = ready(queue.element().paddedBytes());
    if (refusal != null) {
      take(queue, group, Long.MAX_VALUE);
      return refusal;
    }
    take(queue, group, Math.min(settings.groupBytesMax(), settings.segmentBytes() - activeOffset));
    try {
      return commit(group);
    } catch (IOException e) {
      return fault(e);
    }
  }

  private static void take(ArrayDeque<Pending> queue, List<Pending> group, long bytesMax) {
    long left = bytesMax;
    Pending next = queue.peek();
    while (next != null && next.paddedBytes() <= left) {
      left -= next.paddedBytes();
      group.add(queue.remove());
      next = queue.peek();
    }
  }

  private Appended commit(List<Pending> group) throws IOException {
    Segment segment = active();
    DiskFile file = activeFile();
    long first = durable + 1;
    buffer.clear();
    for (int i = 0; i < group.size(); i++) {
      format.encode(buffer, segment.number(), first + i, first, group.get(i));
    }
    while (buffer.position() % RecordFormat.PAGE_BYTES != 0) {
      buffer.putLong(0);
    }
    int bytes = buffer.flip().limit();
    mechanics.writer().writeWhole(file, buffer, activeOffset);
    long started = nanoClock.getAsLong();
    mechanics.writer().sync(file);
    long syncMicros = (nanoClock.getAsLong() - started) / 1000;
    activeOffset += bytes;
    backlog.appended(first, group.getFirst().header().receivedMicros(), bytes);
    figures = figures.plus(group.size(), syncMicros);
    durable = first + group.size() - 1;
    healthy = true;
    return new Appended.Durable(first);
  }

  /** Has an active segment with room; else says why there is none. */
  private @Nullable Appended ready(int bytes) {
    if (activeFile != null && activeOffset + bytes <= settings.segmentBytes()) {
      return null;
    }
    return ready();
  }

  private @Nullable Appended ready() {
    boolean tooSoon = nanoClock.getAsLong() - faultNanos < settings.retryAfter().toNanos();
    if (faultOutcome != null && tooSoon) {
      return faultOutcome;
    }
    if (segments.bytes() + settings.segmentBytes() > settings.totalBytesMax()) {
      return new Appended.Full(Appended.Bound.TOTAL_BYTES);
    }
    try {
      activate();
      faultOutcome = null;
      return null;
    } catch (IOException e) {
      return fault(e);
    }
  }

  /** Makes a new segment durable before any record may go into it. */
  private void activate() throws IOException {
    closeActive();
    Path spare = spares.take();
    Path file = spare == null ? spares.allocate(unusedNumber.getAndIncrement()) : spare;
    long number = unusedNumber.getAndIncrement();
    Path named = Segment.file(settings.directory(), number);
    DiskFile open = disk.open(file);
    try {
      SegmentHeader header = new SegmentHeader(number, durable + 1);
      mechanics.writer().writeWhole(open, header.encode(), 0);
      open.force();
      disk.rename(file, named);
      disk.forceDirectory(settings.directory());
    } catch (IOException e) {
      open.close();
      discard(file, named);
      throw e;
    }
    activeFile = open;
    activeOffset = SegmentHeader.BYTES;
    activeSegment = new Segment(named, number, durable + 1, settings.segmentBytes(), true);
    segments.add(activeSegment);
  }

  private void discard(Path file, Path named) throws IOException {
    disk.delete(file);
    disk.delete(named);
  }

  /** Nothing of the group was kept: leaves the segment at its last durable record. */
  private Appended fault(IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    Appended outcome =
        cause instanceof DiskFullException
            ? new Appended.DiskFull(reason)
            : new Appended.Failed(reason);
    healthy = false;
    faultOutcome = outcome;
    faultNanos = nanoClock.getAsLong();
    abandonActive();
    return outcome;
  }

  private void abandonActive() {
    DiskFile file = activeFile;
    Segment segment = activeSegment;
    if (file == null || segment == null) {
      return;
    }
    segments.replace(segment.cut(segment.fileBytes()));
    try {
      file.truncate(activeOffset);
      segments.replace(segment.cut(activeOffset));
      file.force();
    } catch (IOException e) {
      // The next segment's first sequence cuts it as well; the space is only given back later.
      healthy = false;
    }
    closeActive();
  }

  private void closeActive() {
    DiskFile file = activeFile;
    activeFile = null;
    activeSegment = null;
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      // All that was acknowledged was forced before; a handle that does not close loses nothing.
      healthy = false;
    }
  }

  private Segment active() {
    if (activeSegment == null) {
      throw new IllegalStateException("no active segment");
    }
    return activeSegment;
  }

  private DiskFile activeFile() {
    if (activeFile == null) {
      throw new IllegalStateException("no active segment");
    }
    return activeFile;
  }

  boolean spareWanted() {
    return healthy
        && spares.wanted()
        && segments.bytes() + settings.segmentBytes() <= settings.totalBytesMax();
  }

  /** Allocates the next segment's file ahead of need; may run beside the writer. */
  void prepareSpare() throws IOException {
    spares.prepare(unusedNumber.getAndIncrement());
  }

  /** Makes the position durable, then gives back the segments that lie wholly before it. */
  synchronized void release(long upToPosition) throws IOException {
    if (upToPosition > durable) {
      throw new IllegalArgumentException("position " + upToPosition + " is not durable yet");
    }
    if (upToPosition <= released) {
      return;
    }
    new Checkpoint(upToPosition, unusedNumber.get())
        .write(disk, settings.directory(), mechanics.writer());
    released = upToPosition;
    backlog.released(upToPosition, upToPosition == durable);
    for (Segment segment : segments.removeReleased(upToPosition)) {
      if (!spares.reuse(segment)) {
        disk.delete(segment.file());
      }
    }
  }

  /** A cursor at the segment's first record, with a handle of its own. */
  SegmentCursor cursorOf(Segment segment, RecordFormat readerFormat) throws IOException {
    DiskFile file = disk.openForReading(segment.file());
    return new SegmentCursor(segment, file, readerFormat, settings.recordBytesMax());
  }

  @Override
  public void close() {
    closeActive();
  }
}
