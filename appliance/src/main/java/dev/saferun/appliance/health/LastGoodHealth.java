package dev.saferun.appliance.health;

import dev.saferun.platform.LastGood;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import org.reactivestreams.Publisher;

/** Whether a start without the database would find what is in force now. */
@Singleton
@Readiness
final class LastGoodHealth implements HealthIndicator {

  private final LastGood lastGood;

  LastGoodHealth(LastGood lastGood) {
    this.lastGood = lastGood;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    Set<String> lagging = lastGood.lagging();
    HealthStatus status =
        lagging.isEmpty()
            ? HealthStatus.UP
            : Degraded.because(
                "what is in force cannot be kept on this disk; a start without the database would"
                    + " go on with what was in force before");
    return Publishers.just(Degraded.result("last-good", status, Map.of("lagging", lagging)));
  }
}
