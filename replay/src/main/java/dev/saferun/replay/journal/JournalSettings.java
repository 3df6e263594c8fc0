package dev.saferun.replay.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the journal lies and how large it may grow.
 *
 * @param directory its own directory; made when absent, and no other file may lie in it
 * @param segmentBytes size of one file, allocated whole before its first record
 * @param totalBytesMax bound over all files; beyond it appends end as {@link Appended.Full}
 * @param recordBytesMax largest body; a larger one ends as {@link Appended.TooLarge}
 * @param groupBytesMax most that one write and one sync carry; also the size of the write buffer
 * @param queueBytesMax bound over records that wait for the writer
 * @param retryAfter after a disk fault, how long appends are refused before the disk is tried again
 */
public record JournalSettings(
    Path directory,
    long segmentBytes,
    long totalBytesMax,
    int recordBytesMax,
    int groupBytesMax,
    long queueBytesMax,
    Duration retryAfter) {

  private static final int MIB = 1 << 20;

  public JournalSettings {
    if (recordBytesMax <= 0 || groupBytesMax < recordBytesMax + RecordFormat.HEADER_BYTES_MAX) {
      throw new IllegalArgumentException("a group must hold the largest record");
    }
    if (segmentBytes < SegmentHeader.BYTES + (long) groupBytesMax) {
      throw new IllegalArgumentException("a segment must hold the largest group");
    }
    if (segmentBytes % RecordFormat.PAGE_BYTES != 0
        || groupBytesMax % RecordFormat.PAGE_BYTES != 0) {
      throw new IllegalArgumentException("segments and groups are whole pages of 4096 bytes");
    }
    if (totalBytesMax < 2 * segmentBytes) {
      throw new IllegalArgumentException("the journal must hold two segments");
    }
    if (queueBytesMax < recordBytesMax || retryAfter.isNegative()) {
      throw new IllegalArgumentException("the queue must hold the largest record");
    }
  }

  /** The defaults: 64 MiB segments, 4 GiB in all, 4 MiB a record, 32 MiB waiting, 100 ms. */
  public static JournalSettings defaults(Path directory) {
    return new JournalSettings(
        directory, 64L * MIB, 4096L * MIB, 4 * MIB, 8 * MIB, 32L * MIB, Duration.ofMillis(100));
  }

  public JournalSettings withSegmentBytes(long bytes) {
    return new JournalSettings(
        directory, bytes, totalBytesMax, recordBytesMax, groupBytesMax, queueBytesMax, retryAfter);
  }

  public JournalSettings withTotalBytesMax(long bytes) {
    return new JournalSettings(
        directory, segmentBytes, bytes, recordBytesMax, groupBytesMax, queueBytesMax, retryAfter);
  }
}
