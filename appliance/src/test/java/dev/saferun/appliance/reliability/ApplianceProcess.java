package dev.saferun.appliance.reliability;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An appliance as a child process: started with a data directory and ports of its own, killed or
 * stopped at will.
 */
public final class ApplianceProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private static final String MAIN_CLASS = "dev.saferun.appliance.cli.Saferun";

  private final Path data;
  private final int port;
  private final int managementPort;
  private final Map<String, String> settings;
  private Process process;

  private ApplianceProcess(Path data, int port, int managementPort, Map<String, String> settings)
      throws IOException {
    this.data = data;
    this.port = port;
    this.managementPort = managementPort;
    this.settings = settings;
    this.process = launch();
  }

  /** Starts one on free ports and waits until it is ready. */
  public static ApplianceProcess start(Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    ApplianceProcess appliance = new ApplianceProcess(data, freePort(), freePort(), settings);
    appliance.awaitReady();
    return appliance;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:MaxTenuringThreshold=3",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            MAIN_CLASS,
            "serve",
            "--data",
            data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SAFERUN_HTTP_PORT", Integer.toString(port));
    builder.environment().put("SAFERUN_HTTP_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().putAll(settings);
    Path log = data.resolveSibling(data.getFileName() + ".log");
    Files.createDirectories(log.getParent());
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  /** Waits for readiness and returns how long that took. */
  public Duration awaitReady() throws InterruptedException {
    long start = System.nanoTime();
    while (!ready()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the appliance ended with " + process.exitValue() + "; see the log beside " + data);
      }
      if (System.nanoTime() - start > START_MAX.toNanos()) {
        throw new IllegalStateException(
            "the appliance was not ready within " + START_MAX + "; see the log beside " + data);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private boolean ready() {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(managementUri("/health/readiness"))
                      .timeout(Duration.ofSeconds(2))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Kills it as a power cut would, as far as a process can be, and starts it again on the same
   * data.
   */
  public Duration killAndRestart() throws IOException, InterruptedException {
    kill();
    process = launch();
    return awaitReady();
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public URI managementUri(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  public String adminKey() throws IOException {
    return Files.readString(data.resolve("bootstrap-key")).strip();
  }

  /** The embedded database's main process, by the pid that it wrote itself. */
  public ProcessHandle postgres() throws IOException {
    try (var files = Files.walk(data.resolve("postgres"))) {
      Path pidFile =
          files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessHandle.of(pid).orElseThrow();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
