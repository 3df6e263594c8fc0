package dev.saferun.appliance.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.SecretsHealth;
import io.micronaut.management.health.indicator.HealthResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SecretsIndicatorTest {

  private static final String SEALED = "the keeper of the secrets is sealed";

  @Test
  void aKeeperThatAnswersIsUp() {
    HealthResult result = result(null, 0, 0);
    assertThat(result.getName()).isEqualTo("secrets");
    assertThat(result.getStatus().getName()).isEqualTo("UP");
    assertThat(result.getDetails().toString()).contains("keeper=vault", "keys_in_memory=3");
  }

  @Test
  void aKeeperThatIsAwayShowsAndSinceWhen() {
    assertDegraded(
        result(SEALED, 0, 0), SEALED, "until their time is over", "2026-11-28T10:00:00Z");
  }

  @Test
  void keysThatAreGoneShow() {
    assertDegraded(result(SEALED, 2, 0), SEALED, "are without their data key", "keys_missing=2");
    assertDegraded(result(null, 2, 0), "it is being fetched");
  }

  @Test
  void keysThatDoNotOpenShow() {
    assertDegraded(result(null, 1, 1), "do not open", "unreadable=1");
  }

  private static void assertDegraded(HealthResult result, String... parts) {
    assertThat(result.getStatus().getName()).isEqualTo("DEGRADED");
    assertThat(result.getDetails().toString()).contains(parts);
  }

  private static HealthResult result(@Nullable String fault, int missing, int unreadable) {
    SecretsHealth.Status status =
        new SecretsHealth.Status(
            "vault",
            fault,
            fault == null ? null : Instant.parse("2026-11-28T10:00:00Z"),
            3,
            missing,
            Duration.ofMinutes(4),
            Duration.ofDays(9),
            unreadable);
    return Mono.from(new SecretsIndicator(() -> status).getResult()).block();
  }
}
