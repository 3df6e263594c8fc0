package dev.saferun.evaluator.opinion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {

  // A clock of nanoseconds may stand anywhere and run over.
  private long nanos = Long.MAX_VALUE - 5;
  private final Patience patience = new Patience(() -> nanos);

  @Test
  void anAnswerBetweenFailuresBeginsTheCountAnew() {
    for (int i = 0; i < 3 * OpinionLimits.FAILURES_MAX; i++) {
      assertThat(patience.rests()).isFalse();
      assertThat(patience.failed()).isFalse();
      assertThat(patience.answered()).isFalse();
    }
  }

  @Test
  void afterTheRestOneAsksAndTheOthersWait() {
    for (int i = 1; i < OpinionLimits.FAILURES_MAX; i++) {
      assertThat(patience.failed()).isFalse();
    }
    assertThat(patience.failed()).isTrue();
    assertThat(patience.rests()).isTrue();

    nanos += OpinionLimits.REST.toNanos();

    assertThat(patience.rests()).isFalse();
    assertThat(patience.rests()).isTrue();
    assertThat(patience.answered()).isTrue();
    assertThat(patience.rests()).isFalse();
  }

  @Test
  void whereTheOneThatAskedNeverSaysAnotherAsksAfterAnotherRest() {
    for (int i = 0; i < OpinionLimits.FAILURES_MAX; i++) {
      patience.failed();
    }
    nanos += OpinionLimits.REST.toNanos();
    assertThat(patience.rests()).isFalse();

    nanos += OpinionLimits.REST.toNanos();

    assertThat(patience.rests()).isFalse();
  }
}
