package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluatorConfigurationTest {

  @Test
  void theDefaultIsThatOfTheAnnotation() {
    Bindable annotated =
        EvaluatorConfiguration.class.getDeclaredConstructors()[0].getParameters()[0].getAnnotation(
            Bindable.class);

    assertThat(EvaluatorConfiguration.defaults().intentDeadline().toMillis() + "ms")
        .isEqualTo(annotated.defaultValue());
  }

  @Test
  void noTimeAtAllIsRefusedByName() {
    assertThatThrownBy(() -> new EvaluatorConfiguration(Duration.ZERO))
        .hasMessageContaining("saferun.evaluator.intent-deadline");
  }
}
