package dev.saferun.replay.journal;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

@SuppressWarnings("DoNotCallSuggester")
public final class Journal implements AutoCloseable {
  public static Journal open(Disk disk, JournalSettings settings) throws IOException {
    return open(disk, settings, Runnable::run);
  }

  public static Journal open(Disk disk, JournalSettings settings, Executor completions)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  public Recovery recovery() {
    throw new UnsupportedOperationException();
  }

  public CompletionStage<Appended> append(JournalRecord record) {
    throw new UnsupportedOperationException();
  }

  /** Reads from the position on (the first readable one at or after it). */
  public JournalReader reader(long fromPosition) {
    throw new UnsupportedOperationException();
  }

  /** Completes as soon as a record with a larger position is durable, or the journal is closed. */
  public CompletionStage<Void> moreAfter(long position) {
    throw new UnsupportedOperationException();
  }

  /** The drain has persisted all records up to and including this one. Blocks for a sync. */
  public void release(long upToPosition) throws IOException {
    throw new UnsupportedOperationException();
  }

  public long released() {
    throw new UnsupportedOperationException();
  }

  public JournalStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
