package dev.saferun.auth.saml;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An identity provider that a test started, and that ends with it. */
final class PeerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;

  private PeerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Returns when it listens on the port. */
  static PeerProcess start(
      Path directory, Path log, List<String> command, Map<String, String> environment, int port)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    PeerProcess peer = new PeerProcess(builder.start(), log);
    try {
      await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> peer.listens(port));
    } catch (RuntimeException | AssertionError late) {
      peer.close();
      throw new IllegalStateException(peer.words(), late);
    }
    return peer;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean listens(int port) {
    if (!process.isAlive()) {
      throw new IllegalStateException(words());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What it wrote. */
  String words() {
    try {
      return Files.readString(log);
    } catch (IOException fault) {
      return fault.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().atMost(END).until(() -> !process.isAlive());
  }
}
