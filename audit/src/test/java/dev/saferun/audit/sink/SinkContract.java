package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every sink does with a receiver that is well. */
abstract class SinkContract {

  static final int COUNT = 2_000;

  abstract SinkType type();

  /** Of a receiver that is well. */
  abstract SinkSettings receiver();

  /**
   * The bodies of an organization that the receiver has, in its order.
   *
   * @param count for a receiver that shows a moment later what it has
   */
  abstract List<String> received(UUID organization, int count) throws Exception;

  /** Whether what arrives twice is there once. */
  abstract boolean knowsIds();

  @Test
  void itsSettingsAreTaken() {
    type().check(receiver());
  }

  @Test
  void thousandsArriveInOrderAndWhole() throws Exception {
    List<Message> batch = Messages.of(COUNT);
    try (Sink sink = type().open(receiver())) {
      assertThat(sink.send(batch.subList(0, COUNT / 2))).isEmpty();
      assertThat(sink.send(batch.subList(COUNT / 2, COUNT))).isEmpty();
    }
    assertThat(received(Messages.organization(batch), COUNT)).isEqualTo(Messages.bodies(batch));
  }

  @Test
  void aBatchThatIsSentAgainLosesNothing() throws Exception {
    List<Message> batch = Messages.of(20);
    try (Sink sink = type().open(receiver())) {
      sink.send(batch);
    }
    try (Sink sink = type().open(receiver())) {
      assertThat(sink.send(batch)).isEmpty();
    }
    List<String> expected = new ArrayList<>(Messages.bodies(batch));
    if (!knowsIds()) {
      expected.addAll(Messages.bodies(batch));
    }
    assertThat(received(Messages.organization(batch), expected.size()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void anEmptyBatchIsNothing() throws Exception {
    try (Sink sink = type().open(receiver())) {
      assertThat(sink.send(List.of())).isEmpty();
    }
  }
}
