package dev.saferun.auth.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The fetched programs, each in a directory that is named by what was asked for. */
final class PeerCache {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "saferun");
  private static final long SECONDS_MAX = 500;

  private PeerCache() {}

  /** Fills a directory that is empty. */
  interface Filling {
    void into(Path directory) throws IOException;
  }

  /** A file of {@code src/test/peers}. */
  static Path file(String name) {
    return Path.of("src", "test", "peers", name).toAbsolutePath();
  }

  /**
   * Filled once; anew when what was asked for changed, or when the last time did not end.
   *
   * @param asked the text that says what is in it
   */
  static synchronized Path directory(String name, String asked, Filling filling)
      throws IOException {
    Path directory = CACHE.resolve(name + "-" + Integer.toHexString(asked.hashCode()));
    Path mark = directory.resolve("complete");
    if (Files.notExists(mark)) {
      empty(directory);
      filling.into(directory);
      Files.writeString(mark, asked);
    }
    return directory;
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(directory);
  }

  /** Runs to its end, in a directory; what it wrote is in the failure. */
  static void run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path log = Files.createTempFile("saferun-peer-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(
            "bin/setup installs what this needs: " + command + ": " + Files.readString(log));
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
