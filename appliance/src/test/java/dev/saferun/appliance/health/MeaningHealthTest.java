package dev.saferun.appliance.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.Meanings;
import io.micronaut.management.health.indicator.HealthResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class MeaningHealthTest {

  @Test
  void aModelThatIsNotThereShows() {
    HealthResult result = result(Duration.ofMillis(5));

    assertThat(result.getStatus().getName()).isEqualTo("DEGRADED");
    assertThat(result.getDetails().toString()).contains("words alone");
  }

  @Test
  void aModelThatNobodyWantsIsNotMissed() {
    assertThat(result(Duration.ZERO).getStatus().getName()).isEqualTo("UP");
  }

  private static HealthResult result(Duration meaningTime) {
    EvaluatorConfiguration configuration =
        new EvaluatorConfiguration(Duration.ofMillis(20), meaningTime);
    return Mono.from(new MeaningHealth(configuration, Meanings.NONE).getResult()).block();
  }
}
