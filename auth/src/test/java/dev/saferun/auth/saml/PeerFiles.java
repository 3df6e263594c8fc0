package dev.saferun.auth.saml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the packages of a peer in {@code ~/.cache/saferun}; the first test fetches them. */
final class PeerFiles {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "saferun");

  static final Path PEERS = Path.of("src", "test", "peers").toAbsolutePath();

  private PeerFiles() {}

  /**
   * The directory with what npm installed by a lock file, anew when the lock has changed or the
   * last time did not end.
   */
  static synchronized Path npm(String name) throws Exception {
    Path lock = PEERS.resolve(name + ".package-lock.json");
    Path directory =
        CACHE.resolve(name + "-" + Integer.toHexString(Files.readString(lock).hashCode()));
    Path done = directory.resolve("fetched");
    if (!Files.exists(done)) {
      delete(directory);
      Files.createDirectories(directory);
      Files.copy(PEERS.resolve(name + ".package.json"), directory.resolve("package.json"));
      Files.copy(lock, directory.resolve("package-lock.json"));
      PeerRun.run(
          List.of(
              "npm",
              "ci",
              "--prefix",
              directory.toString(),
              "--ignore-scripts",
              "--no-audit",
              "--no-fund"));
      Files.createFile(done);
    }
    return directory;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
