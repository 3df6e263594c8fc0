package dev.saferun.replay.journal;

import java.io.IOException;

@SuppressWarnings("DoNotCallSuggester")
public final class JournalReader implements AutoCloseable {
  /** Blocks for disk reads, never for new records: empty when there are none. */
  public JournalBatch read(int recordsMax, int bytesMax) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
