package dev.saferun.appliance.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Closed until the start is over and the path is warm. */
@Singleton
@Readiness
public final class ReadyGate implements HealthIndicator {

  private volatile boolean open;

  /** The start is over; from now on the other indicators decide. */
  public void open() {
    open = true;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    HealthStatus status = open ? HealthStatus.UP : HealthStatus.DOWN;
    return Publishers.just(
        HealthResult.builder("start", status).details(Map.of("warm", open)).build());
  }
}
