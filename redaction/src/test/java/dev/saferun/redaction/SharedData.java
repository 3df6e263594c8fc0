package dev.saferun.redaction;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Labelled data that stands beside the checkout, in {@code shared/data} above it or where {@code
 * SAFERUN_SHARED_DATA} says. A test that needs it says so loudly when it is absent.
 */
final class SharedData {

  private SharedData() {}

  static Path file(String name) {
    String configured = System.getenv("SAFERUN_SHARED_DATA");
    if (configured != null) {
      return Path.of(configured, name);
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path file = above.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    String skipped = "SKIPPED: " + name + " is not in shared/data nor SAFERUN_SHARED_DATA";
    System.err.println(skipped);
    return Assumptions.abort(skipped);
  }
}
