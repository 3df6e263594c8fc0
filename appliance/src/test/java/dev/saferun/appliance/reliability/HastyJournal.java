package dev.saferun.appliance.reliability;

import dev.saferun.replay.capture.FrameJournal;
import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.Journal;
import dev.saferun.replay.journal.JournalRecord;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The planted fault: says that a record is durable and writes it a moment later. */
@Singleton
@Replaces(FrameJournal.class)
@Requires(property = "saferun.fault.hasty-journal")
final class HastyJournal implements FrameJournal {

  private static final long MOMENT_MILLIS = 100;

  private final Journal journal;
  private final Executor later =
      CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS);

  HastyJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public CompletionStage<Appended> append(JournalRecord record) {
    later.execute(() -> journal.append(record));
    return CompletableFuture.completedStage(new Appended.Durable(journal.released()));
  }
}
