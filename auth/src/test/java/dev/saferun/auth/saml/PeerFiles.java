package dev.saferun.auth.saml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the programs of peers in {@code ~/.cache/saferun}; the first test fetches them. */
final class PeerFiles {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "saferun");

  static final Path PEERS = Path.of("src", "test", "peers").toAbsolutePath();

  private PeerFiles() {}

  /** Fills a directory that is empty. */
  private interface Fetch {
    void into(Path directory) throws Exception;
  }

  /** The directory with what npm installed by a lock file, anew when the lock has changed. */
  static synchronized Path npm(String name) throws Exception {
    Path lock = PEERS.resolve(name + ".package-lock.json");
    String version = Integer.toHexString(Files.readString(lock).hashCode());
    return fetched(name + "-" + version, directory -> fetchNpm(name, lock, directory));
  }

  private static void fetchNpm(String name, Path lock, Path directory) throws Exception {
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
  }

  /** A package of Debian's, unpacked and not installed: this one would bring a web server. */
  static synchronized Path debian(String name) throws Exception {
    return fetched(
        name + "-debian",
        directory ->
            PeerRun.run(
                List.of(
                    "sh",
                    "-c",
                    "cd '%s' && apt-get download %s && dpkg -x %s_*.deb ."
                        .formatted(directory, name, name))));
  }

  /** Once, and anew where the last time did not end. */
  private static Path fetched(String name, Fetch fetch) throws Exception {
    Path directory = CACHE.resolve(name);
    Path done = directory.resolve("fetched");
    if (!Files.exists(done)) {
      delete(directory);
      Files.createDirectories(directory);
      fetch.into(directory);
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
