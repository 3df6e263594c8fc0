package dev.saferun.evaluator.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.Meanings.Likeness;
import dev.saferun.evaluator.Meanings.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With the network itself. */
class SentenceMeaningsTest {

  private static final String ORDER = "Please delete the old repository.";
  private static final String ALIKE = "Remove the repository that is no longer used.";
  private static final String OTHER = "What is the weather like in Lisbon tomorrow?";

  @Test
  void whatSaysTheSameIsNear() throws IOException {
    try (Meanings meanings = SentenceMeanings.patient()) {
      Likeness likeness = meanings.begin();

      double same = likeness.of(ORDER, ORDER).orElseThrow();
      double alike = likeness.of(ORDER, ALIKE).orElseThrow();
      double other = likeness.of(ORDER, OTHER).orElseThrow();

      assertThat(same).isCloseTo(1, within(1e-5));
      assertThat(alike).isGreaterThan(0.6);
      assertThat(other).isLessThan(0.2);
      assertThat(likeness.state()).isEqualTo(State.TOLD);
    }
  }

  @Test
  void whatTakesTooLongIsNotToldAndWhatIsKnownTakesNoTime() throws IOException {
    AtomicLong now = new AtomicLong();
    // Each look at the clock is a millisecond later, so a run takes one.
    try (Meanings meanings =
        SentenceMeanings.load(Duration.ofMillis(3), () -> now.addAndGet(1_000_000))) {
      Likeness first = meanings.begin();

      assertThat(first.of(ORDER, ALIKE)).isEmpty();
      assertThat(first.state()).isEqualTo(State.LATE);

      Likeness second = meanings.begin();
      assertThat(second.of(ORDER, ALIKE)).isPresent();
      assertThat(second.state()).isEqualTo(State.TOLD);
    }
  }

  /** A machine that was busy once must not keep the network from being asked ever after. */
  @Test
  void whatWasTooLateForOneCallIsRunBesideItAndKnownToLaterOnes() throws Exception {
    AtomicLong now = new AtomicLong();
    AtomicLong pace = new AtomicLong(1_000_000);
    try (Meanings meanings =
        SentenceMeanings.load(Duration.ofMillis(3), () -> now.addAndGet(pace.get()))) {
      pace.set(1_000_000_000);
      assertThat(meanings.begin().of(ORDER, ALIKE)).as("takes a second, once").isEmpty();
      pace.set(1_000_000);
      assertThat(meanings.begin().of(ORDER, OTHER)).as("nothing is begun now").isEmpty();

      await().untilAsserted(() -> assertThat(meanings.begin().of(ORDER, OTHER)).isPresent());
    }
  }

  @Test
  void nothingIsToldWithoutANetwork() {
    Likeness likeness = Meanings.NONE.begin();

    assertThat(likeness.of(ORDER, ALIKE)).isEmpty();
    assertThat(likeness.state()).isEqualTo(State.OFF);
  }
}
