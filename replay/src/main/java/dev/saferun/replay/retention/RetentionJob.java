package dev.saferun.replay.retention;

import dev.saferun.platform.Database;
import dev.saferun.redaction.RedactionPolicies;
import dev.saferun.redaction.Retention;
import dev.saferun.replay.RecordsGone;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every hour for what is too old, environment by environment. */
@Context
class RetentionJob {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration FIRST_AFTER = Duration.ofMinutes(5);
  private static final long BATCH_SECONDS_MAX = 120;

  private final Database database;
  private final Environments environments;
  private final RedactionPolicies policies;
  private final Expiry expiry;
  private final List<RecordsGone> listeners;
  private final InstantSource clock;
  private final ClockWatch clockWatch;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());

  private volatile @Nullable ScheduledFuture<?> looking;

  RetentionJob(
      Database database,
      Environments environments,
      RedactionPolicies policies,
      Expiry expiry,
      List<RecordsGone> listeners,
      InstantSource clock) {
    this.database = database;
    this.environments = environments;
    this.policies = policies;
    this.expiry = expiry;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
    this.clockWatch = new ClockWatch(clock, System::nanoTime);
  }

  @PostConstruct
  void start() {
    looking =
        thread.scheduleWithFixedDelay(
            this::look, FIRST_AFTER.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
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
    if (!clockWatch.isBelieved()) {
      LOG.warn("the wall clock jumped; nothing is ended by its age until a day has passed");
      return;
    }
    try {
      for (UUID organization : await(database.organizationIds())) {
        environments.ofOrganization(organization).forEach(this::end);
      }
    } catch (RuntimeException away) {
      LOG.atWarn()
          .setCause(away)
          .log("what is too old could not be ended; the next hour has a try");
    }
  }

  /** Ends all that is too old in one environment. */
  void end(EnvironmentSettings environment) {
    Retention retention = policies.inForce(environment).retention();
    if (retention.equals(Retention.FOR_EVER)) {
      return;
    }
    Expiry.Ended ended;
    do {
      ended = await(expiry.batch(environment, retention, clock.instant()));
      if (ended.runs() > 0) {
        UUID id = environment.scope().requireEnvironment();
        listeners.forEach(listener -> listener.gone(id));
      }
    } while (!ended.isAll());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(BATCH_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
