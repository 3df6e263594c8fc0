package dev.saferun.audit.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs of the receivers that tests start, kept in {@code ~/.cache/saferun}; the first test
 * that needs one fetches it. They stay off this module's class path.
 */
final class PeerFiles {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "saferun");

  private static final long FETCH_SECONDS_MAX = 400;

  private PeerFiles() {}

  /** Fills a directory that is empty and final: a virtual environment cannot be moved. */
  private interface Fetch {
    void into(Path directory) throws Exception;
  }

  /** The jars of a Maven project beside the tests, by its file's name. */
  static synchronized String classPath(String project) throws Exception {
    Path pom = Path.of("src", "test", "peers", project + ".xml").toAbsolutePath();
    Path directory = fetched(project, pom, into -> run(maven(pom, into)));
    return directory.resolve("*").toString();
  }

  private static List<String> maven(Path pom, Path into) {
    return List.of(
        "mvn",
        "--quiet",
        "--batch-mode",
        "--no-transfer-progress",
        "--file",
        pom.toString(),
        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
        "-DoutputDirectory=" + into);
  }

  /** A virtual environment with these packages of Python, by the file that names them. */
  static synchronized Path python(String requirements) throws Exception {
    Path file = Path.of("src", "test", "peers", requirements + ".txt").toAbsolutePath();
    return fetched(requirements, file, into -> fetchPython(file, into)).resolve("bin");
  }

  private static void fetchPython(Path file, Path into) throws Exception {
    run(List.of("python3", "-m", "venv", into.toString()));
    run(
        List.of(
            into.resolve("bin/pip").toString(),
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            file.toString()));
  }

  /** Anew when the file that says what to fetch has changed, or the last time did not end. */
  private static Path fetched(String name, Path file, Fetch fetch) throws Exception {
    Path directory =
        CACHE.resolve(name + "-" + Integer.toHexString(Files.readString(file).hashCode()));
    Path done = directory.resolve("fetched");
    if (!Files.exists(done)) {
      delete(directory);
      Files.createDirectories(directory);
      fetch.into(directory);
      Files.createFile(done);
    }
    return directory;
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("saferun-run-", ".log");
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(FETCH_SECONDS_MAX, TimeUnit.SECONDS);
      String output = Files.readString(log, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "bin/setup installs what this needs: " + command + ": " + output);
      }
      return output;
    } finally {
      Files.delete(log);
    }
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

  /** This Java, for receivers that are written in it. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
