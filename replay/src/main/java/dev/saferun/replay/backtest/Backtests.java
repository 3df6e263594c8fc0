package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Candidates;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.Settled;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backtests, one at a time on this node: each is written down before it is answered, tells how far
 * it came while it runs, and can be stopped. What runs when the node goes down is {@code
 * interrupted} at its next start, with what it had found.
 */
@Context
public class Backtests {

  /** Backtests that may wait for their turn. */
  public static final int WAITING_MAX = 100;

  private static final long AGAIN_AFTER_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Backtests.class);

  private final Database database;
  private final Candidates candidates;
  private final ActionReads reads;
  private final Settled settled;
  private final BacktestStore store;
  private final Runner runner;
  private final InstantSource clock = InstantSource.system();
  private final Map<UUID, Job> jobs = new ConcurrentHashMap<>();
  private final ExecutorService turn =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("backtest").factory());

  Backtests(
      Database database,
      Candidates candidates,
      ActionReads reads,
      Settled settled,
      BacktestStore store,
      Runner runner) {
    this.database = database;
    this.candidates = candidates;
    this.reads = reads;
    this.settled = settled;
    this.store = store;
    this.runner = runner;
  }

  /** What an earlier life of this node left running did not end; it says so. */
  @PostConstruct
  void start() {
    interruptThoseBefore(clock.instant());
  }

  private void interruptThoseBefore(Instant begun) {
    database
        .organizationIds()
        .thenCompose(
            ids ->
                CompletableFuture.allOf(
                    ids.stream()
                        .map(id -> store.interrupt(id, begun).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)))
        .whenComplete(
            (done, fault) -> {
              if (fault != null && !turn.isShutdown()) {
                LOG.warn("interrupted backtests cannot be marked yet; it is tried again");
                CompletableFuture.delayedExecutor(AGAIN_AFTER_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> interruptThoseBefore(begun));
              }
            });
  }

  @PreDestroy
  void stop() {
    jobs.values().forEach(Job::cancel);
    turn.shutdownNow();
  }

  /** Completes with the backtest's id when it is written down; it runs when its turn comes. */
  public CompletionStage<UUID> begin(Actor by, BacktestRequest request) {
    if (jobs.size() >= WAITING_MAX) {
      throw new ProblemException(
          ReplayProblem.TOO_MANY_BACKTESTS, "wait until one ends, or cancel one");
    }
    Instant now = clock.instant();
    UUID id = Ids.next(now.toEpochMilli());
    return candidates
        .over(request.environment(), request.drafts())
        .thenCompose(
            candidate ->
                settled
                    .now()
                    .thenCompose(all -> reads.count(window(request, now)))
                    .thenApply(count -> new Job(id, request, candidate, count, now)))
        .thenCompose(job -> written(by, request, job))
        .thenApply(
            job -> {
              jobs.put(id, job);
              turn.execute(() -> run(job));
              return id;
            });
  }

  private static Window window(BacktestRequest request, Instant now) {
    return new Window(
        request.environment().scope(), request.from().orElse(null), request.to().orElse(now), 1);
  }

  private CompletionStage<Job> written(Actor by, BacktestRequest request, Job job) {
    List<UUID> versions = job.candidate().drafts().stream().map(RuleVersion::id).toList();
    return store
        .insert(
            job.id(),
            request.environment().scope(),
            by,
            request.toJson(),
            job.candidate().policy().id(),
            versions,
            job.report())
        .thenApply(inserted -> job);
  }

  private void run(Job job) {
    try {
      if (!job.isCancelled()) {
        keep(job, "running");
        runner.run(job, () -> keep(job, "running"));
      }
      keep(job, job.isCancelled() ? "cancelled" : "finished");
    } catch (RuntimeException fault) {
      LOG.atError().addKeyValue("backtest", job.id()).setCause(fault).log("a backtest failed");
      keepQuietly(job);
    } finally {
      jobs.remove(job.id());
    }
  }

  private void keep(Job job, String state) {
    store.update(job.organizationId(), job.id(), state, job.report()).toCompletableFuture().join();
  }

  private void keepQuietly(Job job) {
    try {
      keep(job, "failed");
    } catch (RuntimeException away) {
      LOG.atWarn().addKeyValue("backtest", job.id()).log("its end could not be written down");
    }
  }

  public CompletionStage<BacktestRow> find(Actor actor, UUID id) {
    return store
        .find(actor.organizationId(), id)
        .thenApply(
            found ->
                found.orElseThrow(
                    () ->
                        new ProblemException(
                            CommonProblem.NOT_FOUND, "there is no such backtest")));
  }

  /** The project's backtests before one, the newest first. */
  public CompletionStage<List<BacktestRow>> page(
      UUID organizationId, UUID projectId, UUID before, int count) {
    return store.page(organizationId, projectId, before, count);
  }

  /**
   * Completes with the backtest; one that still runs ends soon, with what it had found. One that
   * has ended is left as it is, and nothing is audited.
   */
  public CompletionStage<BacktestRow> cancel(Actor actor, UUID id) {
    return find(actor, id).thenCompose(row -> cancel(actor, jobs.get(id)).thenApply(done -> row));
  }

  private CompletionStage<Void> cancel(Actor actor, @Nullable Job job) {
    return job == null || job.isCancelled()
        ? CompletableFuture.completedStage(null)
        : store.cancelling(actor, job.id()).thenRun(job::cancel);
  }
}
