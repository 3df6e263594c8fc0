package dev.saferun.replay.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApprovalConfigurationTest {

  @Test
  void aCallWaitsForAnHourUnlessASettingSaysOtherwise() {
    assertThat(ApprovalConfiguration.defaults().life()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aLifeBeyondItsBoundsIsRefusedByName() {
    assertThat(new ApprovalConfiguration(Duration.ofDays(7)).life()).isEqualTo(Duration.ofDays(7));
    for (Duration life : new Duration[] {Duration.ZERO, Duration.ofDays(8), Duration.ofHours(-1)}) {
      assertThatThrownBy(() -> new ApprovalConfiguration(life))
          .hasMessageContaining("saferun.approvals.life");
    }
  }
}
