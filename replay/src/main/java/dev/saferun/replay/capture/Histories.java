package dev.saferun.replay.capture;

import dev.saferun.evaluator.HistoryLimits;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.replay.capture.PastCalls.Page;
import dev.saferun.replay.capture.PastCalls.Place;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories of the projects in memory. One that is met for the first time is made from the
 * database in the background, and tells nothing until that is done; where the database is away it
 * is asked again. No call waits for it.
 */
final class Histories {

  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);
  private static final int PAGE = 100;
  private static final long AGAIN_AFTER_MILLIS = 10_000;

  private final PastCalls past;
  private final Supplier<CompletionStage<Void>> drained;
  private final InstantSource clock;
  private final Executor later;
  private final Map<UUID, ProjectHistory> histories = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param drained completes when the database has all that was durable at the question
   */
  Histories(PastCalls past, Supplier<CompletionStage<Void>> drained, InstantSource clock) {
    this(
        past,
        drained,
        clock,
        CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS));
  }

  Histories(
      PastCalls past,
      Supplier<CompletionStage<Void>> drained,
      InstantSource clock,
      Executor later) {
    this.past = past;
    this.drained = drained;
    this.clock = clock;
    this.later = later;
  }

  ProjectHistory of(RunKey run) {
    ProjectHistory met;
    synchronized (histories) {
      ProjectHistory known = histories.get(run.projectId());
      if (known != null) {
        return known;
      }
      met = new ProjectHistory(false);
      histories.put(run.projectId(), met);
      if (histories.size() > HistoryLimits.PROJECTS_MAX) {
        histories.remove(histories.keySet().iterator().next());
      }
    }
    Place before = Place.at(clock.instant());
    drained.get().thenRun(() -> read(run, before, HistoryLimits.REBUILT_CALLS_MAX, met));
    return met;
  }

  private void read(RunKey run, Place before, int most, ProjectHistory history) {
    past.allowed(run.organizationId(), run.projectId(), before, Math.min(most, PAGE))
        .whenComplete(
            (page, fault) -> {
              if (fault == null) {
                take(run, page, most, history);
              } else {
                LOG.atInfo()
                    .addKeyValue("project", run.projectId())
                    .log("the database cannot tell a project's earlier calls yet; asked again");
                later.execute(() -> read(run, before, most, history));
              }
            });
  }

  private void take(RunKey run, Page page, int most, ProjectHistory history) {
    page.calls().forEach(past -> history.addEarlier(past.call(), past.result()));
    Place next = page.next();
    if (next == null || most <= PAGE) {
      history.setWhole();
    } else {
      read(run, next, most - PAGE, history);
    }
  }
}
