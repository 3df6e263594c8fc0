package dev.saferun.replay.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Readers that wait for a position to be passed; a handful at most. */
final class Waiters {

  private final List<Waiter> waiting = new ArrayList<>();

  private record Waiter(long position, CompletableFuture<Void> stage) {}

  synchronized CompletableFuture<Void> add(long position) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    waiting.add(new Waiter(position, stage));
    return stage;
  }

  /** Completes those whose position is passed, outside the lock. */
  void complete(long durable, boolean all) {
    for (CompletableFuture<Void> stage : takePassed(durable, all)) {
      stage.complete(null);
    }
  }

  private synchronized List<CompletableFuture<Void>> takePassed(long durable, boolean all) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<CompletableFuture<Void>> passed = new ArrayList<>();
    Iterator<Waiter> each = waiting.iterator();
    while (each.hasNext()) {
      Waiter waiter = each.next();
      if (all || waiter.position < durable) {
        passed.add(waiter.stage);
        each.remove();
      }
    }
    return passed;
  }
}
