package dev.saferun.replay.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first block of a segment: its number and the sequence of its first record. Durable before the
 * first record is written, and with it the statement that all sequences before were durable.
 */
record SegmentHeader(long number, long firstSequence) {

  /** A whole page, so that no record ever shares a page with the header. */
  static final int BYTES = RecordFormat.PAGE_BYTES;

  private static final long MAGIC = 0x534146455255_4E31L;
  private static final int CONTENT_BYTES = 24;

  ByteBuffer encode() {
    ByteBuffer block = ByteBuffer.allocate(BYTES);
    block.putLong(MAGIC).putLong(number).putLong(firstSequence);
    block.putInt(checksum(block));
    return block.clear();
  }

  /** Null when the block is not a whole header of the segment of this number. */
  static @Nullable SegmentHeader decode(ByteBuffer block, long number) {
    if (block.limit() < BYTES || block.getLong(0) != MAGIC || block.getLong(8) != number) {
      return null;
    }
    if (block.getInt(CONTENT_BYTES) != checksum(block)) {
      return null;
    }
    return new SegmentHeader(number, block.getLong(16));
  }

  private static int checksum(ByteBuffer block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.duplicate().limit(CONTENT_BYTES).position(0));
    return (int) checksum.getValue();
  }
}
