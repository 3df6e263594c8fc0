package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogSinkIT extends SyslogSinkContract {

  @SuppressWarnings("NullAway.Init")
  private static Rsyslog rsyslog;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    rsyslog = Rsyslog.start(directory, null);
  }

  @AfterAll
  static void stop() {
    rsyslog.close();
  }

  @Override
  Rsyslog rsyslog() {
    return rsyslog;
  }

  @Override
  SinkSettings receiver() {
    return Surroundings.settings(
        Map.of(
            "address",
            "127.0.0.1:" + rsyslog.port(),
            "transport",
            "tcp",
            "allow_plaintext",
            true,
            "byte_order_mark",
            false));
  }

  @Test
  void theHeaderIsReadAsItIsMeant() throws Exception {
    List<Message> batch = Messages.of(1);
    try (Sink sink = type().open(receiver())) {
      sink.send(batch);
    }
    String line = rsyslog.lines(Messages.organization(batch), 1).getFirst();
    assertThat(line)
        .startsWith(
            "110 2026-11-28T10:00:00.123456Z appliance.example.com saferun key.created"
                + " [saferun@32473 eventId=\""
                + batch.getFirst().event().id()
                + "\" position=\"0\" organizationId=\""
                + Messages.organization(batch)
                + "\"]");
  }

  /**
   * A receiver that reads so many bytes and closes, as one that is being restarted: at whatever
   * byte it leaves, the batch did not arrive.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 40_000, 100_000})
  void aReceiverThatLeavesEarlyHasNotGotTheBatch(int bytes) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> readAndLeave(server, bytes, true));
      assertThatThrownBy(() -> type().open(at(server.getLocalPort())).send(Messages.of(500)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("closed the connection before it was done");
    }
  }

  /**
   * @param unread whether bytes are left, for which Linux resets the connection of a process that
   *     ends; Java itself would end it in good order first
   */
  private static void readAndLeave(ServerSocket server, int bytes, boolean unread) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().readNBytes(bytes);
      if (unread) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException gone) {
      // The sender had enough.
    }
  }

  /** The negative control: who reads to the end and closes then has it. */
  @Test
  void aReceiverThatReadsToTheEndHasGotTheBatch() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> readAndLeave(server, Integer.MAX_VALUE, false));
      assertThat(type().open(at(server.getLocalPort())).send(Messages.of(500))).isEmpty();
    }
  }

  /** One that read all but does not say so: its end is not ours to guess. */
  @Test
  void aReceiverThatReadsAllAndLeavesBeforeOurEndHasNotSaidSo() throws Exception {
    List<Message> batch = Messages.of(3);
    int bytes = new SyslogFrames("appliance.example.com", 13, null, true).write(batch).length;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> readAndLeave(server, bytes, false));
      assertThatThrownBy(() -> type().open(at(server.getLocalPort())).send(batch))
          .isInstanceOf(SinkException.class);
    }
  }
}
