package dev.saferun.auth.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A provider's process, from when it answers until it is ended. */
final class PeerServer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;

  private PeerServer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * @param directory where it is run and where it writes
   * @param ready an address that it answers with success as soon as it is
   */
  static PeerServer start(
      Path directory, List<String> command, Map<String, String> environment, String ready)
      throws IOException {
    Path log = Files.createTempFile(directory, "peer-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    PeerServer server = new PeerServer(builder.start(), log);
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> server.answers(client, ready));
    } catch (RuntimeException | AssertionError late) {
      server.close();
      throw new IllegalStateException(Files.readString(log), late);
    }
    return server;
  }

  private boolean answers(HttpClient client, String ready) throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the provider ended");
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(ready)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What it wrote. */
  String words() throws IOException {
    return Files.readString(log);
  }

  /** A script may have started what serves. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await().atMost(END).until(() -> !process.isAlive());
  }
}
