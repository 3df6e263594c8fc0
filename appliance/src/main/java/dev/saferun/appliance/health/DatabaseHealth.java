package dev.saferun.appliance.health;

import dev.saferun.platform.Database;
import dev.saferun.platform.RunningDatabase;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;

/**
 * Whether the database answers. Checks go on without it, so its absence degrades and does not
 * close.
 */
@Singleton
@Readiness
final class DatabaseHealth implements HealthIndicator {

  private static final long ANSWER_MILLIS_MAX = 1_000;
  private static final HealthStatus AWAY =
      Degraded.because("the database does not answer; checks go on, reads of runs do not");
  private static final HealthStatus NEVER_REACHED =
      Degraded.because(
          "the database could not be reached since the start; checks go on with what was last in"
              + " force, changes and reads of runs do not");

  private final Database database;
  private final RunningDatabase running;

  DatabaseHealth(Database database, RunningDatabase running) {
    this.database = database;
    this.running = running;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.fromCompletableFuture(
        () ->
            database
                .organizationIds()
                .toCompletableFuture()
                .orTimeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .handle((ids, fault) -> result(fault == null)));
  }

  private HealthResult result(boolean answers) {
    Optional<Instant> awaited = running.awaitedSince();
    HealthStatus away = awaited.isPresent() ? NEVER_REACHED : AWAY;
    return Degraded.result(
        "database",
        answers ? HealthStatus.UP : away,
        awaited.map(since -> Map.of("awaited_since", since.toString())).orElse(Map.of()));
  }
}
