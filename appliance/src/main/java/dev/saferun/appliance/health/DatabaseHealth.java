package dev.saferun.appliance.health;

import dev.saferun.platform.Database;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
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

  private final Database database;

  DatabaseHealth(Database database) {
    this.database = database;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.fromCompletableFuture(
        () ->
            database
                .organizationIds()
                .toCompletableFuture()
                .orTimeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .handle((ids, fault) -> result(fault == null ? HealthStatus.UP : AWAY)));
  }

  private static HealthResult result(HealthStatus status) {
    return HealthResult.builder("database", status).details(Map.of()).build();
  }
}
