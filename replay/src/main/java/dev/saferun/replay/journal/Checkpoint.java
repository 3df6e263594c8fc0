package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What must be known even when every segment is gone: the released position and a segment number
 * that was never used. A small file, replaced as a whole.
 */
record Checkpoint(long released, long unusedNumber) {

  static final String NAME = "checkpoint";
  static final String NEW_NAME = "checkpoint.new";
  static final Checkpoint NONE = new Checkpoint(0, 1);

  private static final long MAGIC = 0x53414645434B5031L;
  private static final int CONTENT_BYTES = 24;
  private static final int BYTES = CONTENT_BYTES + 4;

  /** The last one written; null when there is none or it cannot be believed. */
  static @Nullable Checkpoint read(Disk disk, Path directory, List<Path> files) throws IOException {
    Path file = directory.resolve(NAME);
    if (!files.contains(file)) {
      return null;
    }
    ByteBuffer block = ByteBuffer.allocate(BYTES);
    try (DiskFile open = disk.openForReading(file)) {
      while (block.hasRemaining() && open.read(block, block.position()) > 0) {
        // Reads may be short.
      }
    }
    boolean whole = !block.hasRemaining() && block.getLong(0) == MAGIC;
    if (!whole || block.getInt(CONTENT_BYTES) != checksum(block)) {
      return null;
    }
    return new Checkpoint(block.getLong(8), block.getLong(16));
  }

  /** Durable when this returns; after a failure the one before stands. */
  void write(Disk disk, Path directory, GroupWriter writer) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BYTES);
    block.putLong(MAGIC).putLong(released).putLong(unusedNumber);
    block.putInt(checksum(block)).flip();
    Path file = directory.resolve(NEW_NAME);
    try (DiskFile open = disk.create(file)) {
      writer.writeWhole(open, block, 0);
      open.force();
    }
    disk.rename(file, directory.resolve(NAME));
    disk.forceDirectory(directory);
  }

  private static int checksum(ByteBuffer block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.duplicate().limit(CONTENT_BYTES).position(0));
    return (int) checksum.getValue();
  }
}
