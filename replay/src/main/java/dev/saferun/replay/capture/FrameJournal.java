package dev.saferun.replay.capture;

import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.JournalRecord;
import java.util.concurrent.CompletionStage;

/** The journal as capture needs it. Records become durable in the order in which they are given. */
@FunctionalInterface
public interface FrameJournal {

  CompletionStage<Appended> append(JournalRecord record);
}
