package dev.saferun.evaluator.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  @Test
  void nothingIsToldWithoutANetwork() {
    Likeness likeness = Meanings.NONE.begin();

    assertThat(likeness.of(ORDER, ALIKE)).isEmpty();
    assertThat(likeness.state()).isEqualTo(State.OFF);
  }
}
