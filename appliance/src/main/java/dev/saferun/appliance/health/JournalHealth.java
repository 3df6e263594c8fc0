package dev.saferun.appliance.health;

import dev.saferun.replay.CaptureHealth;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether what is decided can be kept. */
@Singleton
@Readiness
final class JournalHealth implements HealthIndicator {

  private final CaptureHealth capture;

  JournalHealth(CaptureHealth capture) {
    this.capture = capture;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    CaptureHealth.Status now = capture.now();
    HealthStatus status =
        now.diskAccepts()
            ? HealthStatus.UP
            : Degraded.because("records cannot be kept; on_overflow applies");
    return Publishers.just(
        Degraded.result(
            "journal",
            status,
            Map.of(
                "undrained_records", now.undrainedRecords(),
                "undrained_bytes", now.undrainedBytes(),
                "lag_millis", now.lagMillis(),
                "quarantined", now.quarantined())));
  }
}
