package dev.saferun.appliance.health;

import dev.saferun.evaluator.SnapshotHealth;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
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
    return Publishers.just(Degraded.result("policy", status(now), details(now)));
  }

  private static HealthStatus status(SnapshotHealth.Status now) {
    if (!now.stale().isEmpty()) {
      return Degraded.because("STALE: the last good rules stay in force");
    }
    return now.fromDisk() == null
        ? HealthStatus.UP
        : Degraded.because(
            "the database could not be read since the start; the rules in force are those that"
                + " this node had on its disk");
  }

  private static Map<String, Object> details(SnapshotHealth.Status now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("environments", now.inForce());
    details.put("stale", now.stale().size());
    if (now.fromDisk() != null) {
      details.put("from_disk_since", now.fromDisk().toString());
    }
    return details;
  }
}
