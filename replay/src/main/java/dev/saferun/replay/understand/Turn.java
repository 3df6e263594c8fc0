package dev.saferun.replay.understand;

import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where work over many recorded calls is done: one after the other on this node, on a thread that
 * serves no request.
 */
@Singleton
class Turn {

  /** So much work may wait; more is refused. */
  static final int WAITING_MAX = 16;

  private final ExecutorService worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("calibration").factory());

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }

  /** Completes with what came of the work, which may block. */
  <T> CompletionStage<T> take(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, worker);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedStage(
          new ProblemException(
              ReplayProblem.TOO_MANY_CALIBRATIONS, "wait until one ends, then ask again"));
    }
  }
}
