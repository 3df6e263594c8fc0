package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The two steps that make a group durable. Not final, so that a simulation can plant a fault. */
class GroupWriter {

  /** Writes all that remains, however often the disk takes only a part. */
  void writeWhole(DiskFile file, ByteBuffer source, long offset) throws IOException {
    long at = offset;
    while (source.hasRemaining()) {
      int written = file.write(source, at);
      if (written <= 0) {
        throw new DiskFullException("the disk took no byte");
      }
      at += written;
    }
  }

  /** Returns only when the content is durable. */
  void sync(DiskFile file) throws IOException {
    file.force();
  }
}
