package dev.saferun.replay.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {

  private static final long TOOK = 40;

  @Test
  void doesNotRestWhileTheProcessorHasTime() {
    assertThat(share(0.84).restNanos(TOOK, 10)).isZero();
  }

  @Test
  void restsThreeTimesAsLongAsTheBatchTookWhileItIsBusy() {
    assertThat(share(0.85).restNanos(TOOK, 10)).isEqualTo(3 * TOOK);
    assertThat(share(1).restNanos(TOOK, 499)).isEqualTo(3 * TOOK);
  }

  @Test
  void doesNotRestWhenTheJournalIsHalfFull() {
    assertThat(share(1).restNanos(TOOK, 500)).isZero();
  }

  @Test
  void doesNotRestWhenNothingWaits() {
    assertThat(share(1).restNanos(TOOK, 0)).isZero();
  }

  private static Share share(double load) {
    return new Share(0.85, 1_000, () -> load);
  }
}
