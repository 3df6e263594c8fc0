package dev.saferun.audit.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The published schemas of OCSF, as the Python package {@code ocsf-json-schema} carries them, with
 * a validator that reads them. Kept in {@code ~/.cache/saferun}; the first test fetches both.
 */
final class OcsfPackage {

  private static final List<String> PACKAGES =
      List.of("ocsf-json-schema==1.2.0", "jsonschema==4.26.0");

  private static final long SECONDS_MAX = 300;
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "saferun", "ocsf-json-schema-1.2.0");

  private OcsfPackage() {}

  /** The whole schema of a version, as schema.ocsf.io exports it. */
  static Map<String, @Nullable Object> schema(String version) {
    try {
      return JsonObjects.parse(
          Files.readAllBytes(library().resolve("ocsf_json_schema/ocsf/" + version + ".json")));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** What a Python script, given a file, says with these packages at hand. */
  static String run(Path script, Path input) {
    try {
      ProcessBuilder python =
          new ProcessBuilder("python3", script.toString()).redirectInput(input.toFile());
      python.environment().put("PYTHONPATH", library().toString());
      return output(python);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static synchronized Path library() throws IOException {
    Path library = CACHE.resolve("library");
    if (!Files.isDirectory(library)) {
      fetch(library);
    }
    return library;
  }

  private static void fetch(Path library) throws IOException {
    Path fresh = Files.createTempDirectory(Files.createDirectories(CACHE), "fetch-");
    try {
      output(new ProcessBuilder("python3", "-m", "venv", fresh.resolve("pip").toString()));
      Path packages = fresh.resolve("library");
      output(new ProcessBuilder(install(fresh.resolve("pip/bin/pip"), packages)));
      Files.move(packages, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
    }
  }

  private static List<String> install(Path pip, Path into) {
    List<String> options =
        List.of("install", "--quiet", "--disable-pip-version-check", "--target", into.toString());
    return Stream.of(List.of(pip.toString()), options, PACKAGES).flatMap(List::stream).toList();
  }

  private static String output(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "the schemas cannot be fetched or read; bin/setup installs what that needs: " + output);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return output;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
