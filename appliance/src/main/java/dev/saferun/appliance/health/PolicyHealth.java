package dev.saferun.appliance.health;

import dev.saferun.evaluator.SnapshotHealth;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether the rules in force are those that were last written. */
@Singleton
@Readiness
final class PolicyHealth implements HealthIndicator {

  private final SnapshotHealth snapshots;

  PolicyHealth(SnapshotHealth snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    SnapshotHealth.Status now = snapshots.now();
    int stale = now.stale().size();
    HealthStatus status =
        stale == 0 ? HealthStatus.UP : Degraded.because("STALE: the last good rules stay in force");
    return Publishers.just(
        HealthResult.builder("policy", status)
            .details(Map.of("environments", now.inForce(), "stale", stale))
            .build());
  }
}
