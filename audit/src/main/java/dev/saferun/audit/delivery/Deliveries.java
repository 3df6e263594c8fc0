package dev.saferun.audit.delivery;

import dev.saferun.audit.log.Pace;
import dev.saferun.platform.Database;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for destinations that something waits for, and serves each on a thread of its own. */
@Context
class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final long DATABASE_SECONDS_MAX = 30;

  private final Database database;
  private final DeliveryStore store;
  private final Batches batches;
  private final Sinks sinks;
  private final Pace pace;
  private final DeliveryMetrics metrics;
  private final Set<UUID> served = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("audit-delivery-", 0).factory());
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-deliveries").factory());

  private volatile @Nullable ScheduledFuture<?> looking;
  private boolean isAway;

  Deliveries(
      Database database,
      DeliveryStore store,
      Batches batches,
      Sinks sinks,
      Pace pace,
      DeliveryMetrics metrics) {
    this.database = database;
    this.store = store;
    this.batches = batches;
    this.sinks = sinks;
    this.pace = pace;
    this.metrics = metrics;
  }

  @PostConstruct
  void start() {
    looking =
        looker.scheduleWithFixedDelay(
            this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Interrupts whoever waits for a receiver; what was not acknowledged is sent by the next. */
  @PreDestroy
  void stop() {
    ScheduledFuture<?> looks = looking;
    if (looks != null) {
      looks.cancel(false);
    }
    looker.shutdownNow();
    threads.shutdownNow();
  }

  private void look() {
    try {
      for (UUID organization : await(database.organizationIds())) {
        await(store.waiting(organization)).forEach(this::serve);
        metrics.look(organization);
      }
      isAway = false;
    } catch (RuntimeException away) {
      if (!isAway) {
        LOG.atWarn().setCause(away).log("destinations could not be looked at; it is tried again");
      }
      isAway = true;
    }
  }

  private void serve(Destination destination) {
    if (served.add(destination.id())) {
      threads.execute(
          () -> {
            try {
              new Delivery(destination, store, batches, sinks, pace).run();
            } finally {
              served.remove(destination.id());
            }
          });
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(DATABASE_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
