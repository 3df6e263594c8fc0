package dev.saferun.replay.drain;

import dev.saferun.replay.capture.DrainProgress;
import dev.saferun.replay.journal.Journal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** The position that the database has, and who waits for one. */
@Singleton
final class Progress implements DrainProgress {

  private final ConcurrentSkipListMap<Long, CompletableFuture<Void>> waiting =
      new ConcurrentSkipListMap<>();
  private volatile long drained;

  @Inject
  Progress(Journal journal) {
    this(journal.released());
  }

  Progress(long released) {
    this.drained = released;
  }

  @Override
  public long drainedPosition() {
    return drained;
  }

  @Override
  public CompletionStage<Void> drained(long position) {
    if (position <= drained) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> waiter =
        waiting.computeIfAbsent(position, at -> new CompletableFuture<>());
    if (position <= drained) {
      waiter.complete(null);
      waiting.remove(position, waiter);
    }
    return waiter;
  }

  /** The drain came this far. */
  void reached(long position) {
    drained = position;
    List<Long> reached = new ArrayList<>(waiting.headMap(position, true).keySet());
    for (Long at : reached) {
      CompletableFuture<Void> waiter = waiting.remove(at);
      if (waiter != null) {
        waiter.complete(null);
      }
    }
  }
}
