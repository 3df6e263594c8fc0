package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file; positional, so that one reader and one writer do not disturb each other. */
public interface DiskFile extends AutoCloseable {

  /** Writes from the buffer and returns how much, which may be less than remains. */
  int write(ByteBuffer source, long offset) throws IOException;

  /** Fills the buffer from the offset on; returns how much, -1 at or after the end. */
  int read(ByteBuffer target, long offset) throws IOException;

  /** Makes the content durable. After a failure nothing unforced may be believed. */
  void force() throws IOException;

  /** Cuts the file. */
  void truncate(long size) throws IOException;

  /** Bytes of the file. */
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
