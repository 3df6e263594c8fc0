package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvaluatorConfigurationTest {

  @Test
  void theDefaultsAreThoseOfTheAnnotations() {
    EvaluatorConfiguration defaults = EvaluatorConfiguration.defaults();

    assertThat(
            Arrays.stream(EvaluatorConfiguration.class.getDeclaredConstructors()[0].getParameters())
                .map(parameter -> parameter.getAnnotation(Bindable.class).defaultValue()))
        .containsExactly(
            defaults.intentDeadline().toMillis() + "ms", defaults.meaningTime().toMillis() + "ms");
  }

  @Test
  void noTimeAtAllIsRefusedByName() {
    assertThatThrownBy(() -> new EvaluatorConfiguration(Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("saferun.evaluator.intent-deadline");
    assertThatThrownBy(
            () -> new EvaluatorConfiguration(Duration.ofMillis(20), Duration.ofMillis(-1)))
        .hasMessageContaining("saferun.evaluator.meaning-time");
  }
}
