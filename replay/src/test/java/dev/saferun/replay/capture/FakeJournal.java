package dev.saferun.replay.capture;

import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal in memory that can refuse, and that can hold its answers back. */
final class FakeJournal implements FrameJournal {

  final List<JournalRecord> records = new ArrayList<>();
  private final List<Runnable> heldBack = new ArrayList<>();
  private boolean refuses;
  private boolean holdsBack;

  synchronized void refuse(boolean refuse) {
    refuses = refuse;
  }

  synchronized void holdBack() {
    holdsBack = true;
  }

  @Override
  public synchronized CompletionStage<Appended> append(JournalRecord record) {
    if (refuses) {
      return CompletableFuture.completedFuture(new Appended.DiskFull("no space"));
    }
    records.add(record);
    Appended kept = new Appended.Durable(records.size());
    CompletableFuture<Appended> answer = new CompletableFuture<>();
    if (holdsBack) {
      heldBack.add(() -> answer.complete(kept));
    } else {
      answer.complete(kept);
    }
    return answer;
  }

  synchronized void letGo() {
    holdsBack = false;
    heldBack.forEach(Runnable::run);
    heldBack.clear();
  }
}
