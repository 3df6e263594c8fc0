package dev.saferun.replay.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that jumped destroys nothing until a day has shown that it stays. */
class ClockWatchTest {

  private Instant wall = Instant.parse("2026-11-28T12:00:00Z");
  private long nanos = Long.MAX_VALUE - Duration.ofHours(2).toNanos();
  private final ClockWatch watch = new ClockWatch(() -> wall, () -> nanos);

  @Test
  void aClockThatGoesAsTimeDoesIsBelieved() {
    assertThat(watch.isBelieved()).isTrue();
    for (int hour = 0; hour < 48; hour++) {
      pass(Duration.ofHours(1));
      wall = wall.plusSeconds(hour % 2 == 0 ? 30 : -30);
      assertThat(watch.isBelieved()).isTrue();
    }
  }

  @Test
  void aJumpForwardIsNotBelievedForADay() {
    wall = wall.plus(Duration.ofDays(400));

    assertThat(watch.isBelieved()).isFalse();
    pass(Duration.ofHours(23));
    assertThat(watch.isBelieved()).isFalse();
    pass(Duration.ofHours(1));
    assertThat(watch.isBelieved()).isTrue();
  }

  @Test
  void theWayBackIsAJumpToo() {
    wall = wall.plus(Duration.ofDays(400));
    watch.isBelieved();
    pass(Duration.ofHours(1));
    wall = wall.minus(Duration.ofDays(400));

    assertThat(watch.isBelieved()).isFalse();
    pass(Duration.ofHours(24));
    assertThat(watch.isBelieved()).isTrue();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    wall = wall.plus(time);
  }
}
