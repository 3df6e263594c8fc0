package dev.saferun.replay.backtest;

import dev.saferun.replay.BacktestConfiguration;
import dev.saferun.replay.backtest.ActionReads.Page;
import dev.saferun.replay.backtest.ActionReads.Place;
import dev.saferun.replay.capture.LiveTraffic;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Goes through a window's decisions page by page: from the copy on the local disk as far as it
 * goes, then from the database, which extends the copy. The next pages are read while these are
 * decided.
 */
@Singleton
class Runner {

  /** Actions on a page. */
  private static final int PAGE = 250;

  /** A row may commit a little after a later one; what is newer than this is not copied yet. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  private final ActionReads reads;
  private final FrameCache cache;
  private final LiveTraffic traffic;
  private final int workerCount;
  private final ExecutorService workers;

  Runner(
      ActionReads reads,
      FrameCache cache,
      LiveTraffic traffic,
      BacktestConfiguration configuration) {
    this.reads = reads;
    this.cache = cache;
    this.traffic = traffic;
    this.workerCount =
        configuration.workers() > 0
            ? configuration.workers()
            : Runtime.getRuntime().availableProcessors();
    this.workers =
        Executors.newFixedThreadPool(
            workerCount, Thread.ofPlatform().daemon().name("backtest-worker-", 0).factory());
  }

  @PreDestroy
  void stop() {
    workers.shutdownNow();
  }

  /** Returns at the end, or soon after the job was cancelled. Blocks. */
  void run(Job job, Runnable report) {
    Replaying replaying =
        new Replaying(
            job.candidate().policy(), reads.labels(job.window()).toCompletableFuture().join());
    try (CachedActions cached = cache.open(job.window().environment().requireEnvironment())) {
      new Pass(job, replaying, cached, report).run();
    } catch (IOException damaged) {
      drop(job);
      throw new UncheckedIOException("the copy of recorded actions could not be used", damaged);
    }
  }

  private void drop(Job job) {
    try {
      cache.drop(job.window().environment().requireEnvironment());
    } catch (IOException fault) {
      throw new UncheckedIOException("the copy of recorded actions cannot be deleted", fault);
    }
  }

  /** One job on its way. */
  private final class Pass {

    private final Job job;
    private final Replaying replaying;
    private final CachedActions cached;
    private final Runnable report;
    private final Instant from;
    private final Deque<Future<Tally>> underWay = new ArrayDeque<>();
    private long reportedAt = System.nanoTime();

    Pass(Job job, Replaying replaying, CachedActions cached, Runnable report) {
      this.job = job;
      this.replaying = replaying;
      this.cached = cached;
      this.report = report;
      this.from = job.window().from() == null ? Instant.MIN : job.window().from();
    }

    void run() throws IOException {
      Optional<Page> page = cached.next(from);
      while (page.isPresent() && !job.isCancelled()) {
        decide(page.get());
        page = cached.next(from);
      }
      if (!job.isCancelled()) {
        fromDatabase();
      }
      while (!underWay.isEmpty()) {
        collect();
      }
    }

    private void fromDatabase() throws IOException {
      Place after = cached.last();
      boolean copying = true;
      if (job.window().from() != null && after.receivedAt().toInstant().isBefore(from)) {
        after = Place.before(from);
        copying = false;
      }
      Instant settled = Instant.now().minus(SETTLED);
      var next = reads.page(job.window(), after, PAGE);
      while (!job.isCancelled()) {
        Page page = next.toCompletableFuture().join();
        boolean more = page.actions().size() == PAGE;
        if (more) {
          next = reads.page(job.window(), page.last(), PAGE);
        }
        copying &= page.last().receivedAt().toInstant().isBefore(settled);
        if (copying) {
          cached.append(page);
        }
        decide(page);
        if (!more) {
          return;
        }
      }
    }

    /** Hands a page to the workers; waits where they have enough to do. */
    private void decide(Page page) {
      underWay.add(workers.submit(() -> replay(page)));
      while (underWay.size() > workerCount + 1) {
        collect();
      }
    }

    private Tally replay(Page page) {
      Tally tally = job.newTally();
      Courtesy courtesy = new Courtesy(traffic::isBusy, workerCount);
      for (KeptAction action : page.actions()) {
        if (job.isCancelled()) {
          break;
        }
        if (isIn(action)) {
          replaying.replay(action, tally);
          courtesy.step();
        }
      }
      return tally;
    }

    private boolean isIn(KeptAction action) {
      Window window = job.window();
      return action.receivedMicros() < window.toMicros()
          && action.receivedMicros() >= window.fromMicros()
          && window.samples(action.decisionId());
    }

    private void collect() {
      try {
        job.add(underWay.remove().get());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        job.cancel();
      } catch (ExecutionException fault) {
        throw new IllegalStateException("a page could not be decided again", fault.getCause());
      }
      if (System.nanoTime() - reportedAt > REPORT_NANOS) {
        report.run();
        reportedAt = System.nanoTime();
      }
    }
  }
}
