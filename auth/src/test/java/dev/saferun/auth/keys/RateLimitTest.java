package dev.saferun.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int BURST = 100;

  @Test
  void givesTheBurstAndThenTheRate() {
    long now = Long.MAX_VALUE - 10; // The monotonic clock may begin anywhere, and wraps around.
    RateLimit limit = new RateLimit(now);
    for (int i = 0; i < 5; i++) {
      assertThat(limit.take(now, 10, 5)).isZero();
    }
    assertThat(limit.take(now, 10, 5)).isEqualTo(SECOND / 10);
    assertThat(limit.take(now + SECOND / 10, 10, 5)).isZero();
    assertThat(limit.take(now + SECOND / 10, 10, 5)).isPositive();
  }

  @Test
  void aFullBucketHoldsNoMoreThanTheBurst() {
    RateLimit limit = new RateLimit(0);
    long later = 1_000 * SECOND;
    int taken = 0;
    while (limit.take(later, 10, 5) == 0) {
      taken++;
    }
    assertThat(taken).isEqualTo(5);
  }

  @Test
  void oneAddressIsSlowedDownAndAnotherIsNot() {
    FailureLimit failures = new FailureLimit(Duration.ofMillis(200), BURST);
    for (int i = 0; i < BURST; i++) {
      assertThat(failures.failed("10.0.0.1", 0)).isZero();
    }
    assertThat(failures.failed("10.0.0.1", 0)).isPositive();
    assertThat(failures.failed("10.0.0.2", 0)).isZero();
    assertThat(failures.failed("10.0.0.1", SECOND)).isZero();
  }

  @Test
  void addressesAreBoundedAndTheRestShareOneCount() {
    FailureLimit failures = new FailureLimit(Duration.ofMillis(200), BURST);
    long now = System.nanoTime();
    for (int i = 0; i < FailureLimit.NAMES_MAX; i++) {
      failures.failed("a" + i, now);
    }
    for (int i = 0; i < BURST; i++) {
      assertThat(failures.failed("b" + i, now)).isZero();
    }
    assertThat(failures.failed("b", now)).isPositive();
  }
}
