package dev.saferun.replay.approval;

import dev.saferun.platform.Database;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down every few seconds what has expired, so that it is told of also where nobody asks.
 * Nothing depends on its punctuality: who reads an approval sees by the clock that it is expired.
 */
@Context
class ExpirySweep {

  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweep.class);
  private static final long EVERY_SECONDS = 5;
  private static final long PATIENCE_SECONDS = 60;

  /** Approvals of one transaction. */
  private static final int BATCH = 500;

  private final Database database;
  private final Approvals approvals;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("approvals").factory());

  private volatile @Nullable ScheduledFuture<?> looking;

  ExpirySweep(Database database, Approvals approvals) {
    this.database = database;
    this.approvals = approvals;
  }

  @PostConstruct
  void start() {
    looking =
        thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    ScheduledFuture<?> looks = looking;
    if (looks != null) {
      looks.cancel(false);
    }
    thread.shutdownNow();
  }

  private void look() {
    try {
      for (UUID organization : await(database.organizationIds())) {
        sweep(organization);
      }
    } catch (RuntimeException away) {
      LOG.atDebug().setCause(away).log("expired approvals could not be written down now");
    }
  }

  private void sweep(UUID organization) {
    int ended;
    do {
      ended = await(approvals.expire(organization, BATCH));
    } while (ended == BATCH);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
