package dev.saferun.platform.secrets;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured keeper and those that are there beside it, with the threads on which they are
 * asked.
 */
final class Keepers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Keepers.class);
  private static final Duration TEND_EVERY = Duration.ofSeconds(1);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("secrets-", 0).factory());
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("secrets-clockwork").factory());
  private final List<Future<?>> repeated = new CopyOnWriteArrayList<>();
  private final WatchedKeeper current;
  private final List<WatchedKeeper> all;

  /**
   * @param keepers the configured one first
   */
  Keepers(List<BlockingKeeper> keepers, SecretsMetrics metrics, InstantSource clock) {
    this.all =
        keepers.stream().map(one -> new WatchedKeeper(one, metrics, clock, threads)).toList();
    this.current = all.getFirst();
    all.forEach(one -> every(TEND_EVERY, () -> one.tend().toCompletableFuture().join()));
  }

  WatchedKeeper current() {
    return current;
  }

  /** Asks the keeper that wrapped it. */
  CompletionStage<byte[]> unwrap(WrappedKey wrapped, byte[] context) {
    for (WatchedKeeper keeper : all) {
      if (keeper.name().equals(wrapped.keeper())) {
        return keeper.unwrap(wrapped, context);
      }
    }
    return CompletableFuture.failedStage(
        new ProblemException(
            CommonProblem.SECRETS_UNAVAILABLE,
            "a data key is wrapped by the keeper "
                + wrapped.keeper()
                + ", which is not configured any more"));
  }

  ExecutorService threads() {
    return threads;
  }

  /** Repeats the work, which may wait, on a thread of its own and never twice at once. */
  void every(Duration period, Runnable work) {
    AtomicBoolean busy = new AtomicBoolean();
    repeated.add(
        clockwork.scheduleWithFixedDelay(
            () -> {
              if (busy.compareAndSet(false, true)) {
                threads.execute(() -> alone(work, busy));
              }
            },
            period.toNanos(),
            period.toNanos(),
            TimeUnit.NANOSECONDS));
  }

  private static void alone(Runnable work, AtomicBoolean busy) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      LOG.atWarn().addKeyValue("fault", fault.getClass().getName()).log("care of secrets failed");
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    repeated.forEach(one -> one.cancel(false));
    clockwork.shutdownNow();
    all.forEach(WatchedKeeper::close);
    threads.shutdown();
  }
}
