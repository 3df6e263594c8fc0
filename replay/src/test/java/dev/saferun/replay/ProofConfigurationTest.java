package dev.saferun.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.bind.annotation.Bindable;
import java.lang.reflect.RecordComponent;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class ProofConfigurationTest {

  @Test
  void theDefaultsAreThoseOfTheAnnotations() throws Exception {
    ProofConfiguration defaults = ProofConfiguration.defaults();
    for (RecordComponent component : ProofConfiguration.class.getRecordComponents()) {
      Bindable bindable =
          ProofConfiguration.class.getDeclaredConstructors()[0]
              .getParameters()[component.getName().equals("selfAuditAt") ? 0 : 1].getAnnotation(
              Bindable.class);
      assertThat(component.getAccessor().invoke(defaults).toString())
          .isEqualTo(bindable.defaultValue());
    }
    assertThat(defaults.auditTime()).isEqualTo(LocalTime.of(3, 0));
  }

  @Test
  void aTimeThatYamlTookForANumberIsThatTime() {
    assertThat(new ProofConfiguration("13:30", 1).auditTime()).isEqualTo(LocalTime.of(13, 30));
    assertThat(new ProofConfiguration("810", 1).auditTime()).isEqualTo(LocalTime.of(13, 30));
  }

  @Test
  void whatIsNoTimeOrNoSampleIsRefusedByName() {
    assertThatThrownBy(() -> new ProofConfiguration("at night", 1))
        .hasMessageContaining("saferun.proof.self-audit-at");
    assertThatThrownBy(() -> new ProofConfiguration("1440", 1))
        .hasMessageContaining("saferun.proof.self-audit-at");
    assertThatThrownBy(() -> new ProofConfiguration("03:00", -1))
        .hasMessageContaining("saferun.proof.self-audit-sample");
  }
}
