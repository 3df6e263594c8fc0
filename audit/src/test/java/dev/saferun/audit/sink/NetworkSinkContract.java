package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every sink does, besides, with a receiver across a network that is not well. */
abstract class NetworkSinkContract extends SinkContract {

  /** What the settings of {@link #at} give a call, and as much again for a slow machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** Of a receiver at another port of this machine, without TLS, with a second for a call. */
  abstract SinkSettings at(int port);

  @Test
  void aReceiverThatIsDownIsTold() throws Exception {
    List<Message> batch = Messages.of(10);
    try (Sink sink = type().open(at(Surroundings.freePort()))) {
      // And a second time, for a sink that goes on after a fault.
      for (int i = 0; i < 2; i++) {
        assertThat(failure(sink, batch))
            .hasMessageMatching(".*(takes no connection|in time|within 1 s).*");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BadReceiver.Manner.class)
  void aReceiverThatIsNotWellEndsInAReason(BadReceiver.Manner manner) throws Exception {
    try (BadReceiver receiver = BadReceiver.start(manner)) {
      SinkSettings settings = at(receiver.port());
      SinkException fault = failure(settings);
      assertThat(receiver.connections()).isPositive();
      assertThat(fault.getMessage()).isNotBlank().hasSizeLessThan(500);
      assertHoldsNoSecret(fault, settings);
    }
  }

  private SinkException failure(SinkSettings settings) throws Exception {
    try (Sink sink = type().open(settings)) {
      return failure(sink, Messages.of(2_000));
    }
  }

  private static SinkException failure(Sink sink, List<Message> batch) throws Exception {
    long start = System.nanoTime();
    try {
      throw new AssertionError("taken, with " + sink.send(batch).size() + " refused");
    } catch (SinkException fault) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
      return fault;
    }
  }

  private static void assertHoldsNoSecret(SinkException fault, SinkSettings settings) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    for (String secret : settings.secrets().values()) {
      assertThat(trace.toString()).doesNotContain(secret);
      assertThat(settings.toString()).doesNotContain(secret);
    }
  }

  @Test
  void anUnknownSettingIsRefused() {
    SinkSettings settings = receiver();
    Map<String, @Nullable Object> more = new HashMap<>(settings.settings());
    more.put("no_such_setting", "x");
    assertThatThrownBy(() -> type().check(new SinkSettings(more, settings.secrets())))
        .hasMessageContaining("there is no such field");
  }

  @Test
  void whatItCallsSecretIsAllThatItTakesAsSecret() {
    Set<String> given = new TreeSet<>(receiver().secrets().keySet());
    assertThat(type().secretNames()).containsAll(given);
  }
}
