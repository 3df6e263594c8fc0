package dev.saferun.appliance.health;

import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.Meanings;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether the sentence model that the Intent Guard asks is there. */
@Singleton
@Readiness
final class MeaningHealth implements HealthIndicator {

  private final boolean wanted;
  private final boolean there;

  MeaningHealth(EvaluatorConfiguration configuration, Meanings meanings) {
    this.wanted = !configuration.meaningTime().isZero();
    this.there = meanings.begin().state() != Meanings.State.OFF;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    HealthStatus status =
        there || !wanted
            ? HealthStatus.UP
            : Degraded.because(
                "the sentence model could not be loaded, so the Intent Guard goes by words alone;"
                    + " the log of the start says why");
    return Publishers.just(Degraded.result("meanings", status, Map.of("on", there)));
  }
}
