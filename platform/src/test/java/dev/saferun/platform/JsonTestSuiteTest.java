package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * The cases of nst/JSONTestSuite: {@code y_} must be taken, {@code n_} refused, {@code i_} either
 * way but as a problem, never a crash. Read from {@code shared/data} above the checkout, or from
 * {@code SAFERUN_SHARED_DATA}.
 */
class JsonTestSuiteTest {

  private static final int CHANGES = 100;

  private static final String ARCHIVE = "JSONTestSuite.tar.gz";

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    Map<String, byte[]> cases = cases();
    assertThat(cases).hasSize(318);
    return cases.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry)));
  }

  private static void check(Map.Entry<String, byte[]> entry) {
    switch (entry.getKey().charAt(0)) {
      case 'y' -> taken(entry.getValue());
      case 'n' -> refused(entry.getValue());
      default -> takenOrRefused(entry.getValue());
    }
  }

  private static void taken(byte[] json) {
    // RFC 8259 leaves duplicate keys open and the suite takes them; here they are refused.
    if (new String(json, java.nio.charset.StandardCharsets.UTF_8)
        .startsWith("{\"a\":\"b\",\"a\"")) {
      refused(json);
      return;
    }
    Object tree = StrictJson.parse(json);
    byte[] canonical = CanonicalJson.write(tree);
    assertThat(StrictJson.parse(canonical)).isEqualTo(tree);
    assertThat(CanonicalJson.write(StrictJson.parse(canonical))).isEqualTo(canonical);
  }

  private static void refused(byte[] json) {
    assertThatThrownBy(() -> StrictJson.parse(json))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(CommonProblem.INVALID_JSON));
  }

  private static void takenOrRefused(byte[] json) {
    try {
      CanonicalJson.write(StrictJson.parse(json));
    } catch (ProblemException refused) {
      assertThat(refused.code()).isEqualTo(CommonProblem.INVALID_JSON);
    }
  }

  /** Each case, and each with one byte changed: by bytes as by characters. */
  @Test
  void readsEveryCaseByBytesAsByCharacters() throws IOException {
    Random random = new Random(318);
    for (byte[] json : cases().values()) {
      JsonDifferentialTest.same(json);
      for (int i = 0; i < CHANGES && json.length > 0; i++) {
        byte[] changed = json.clone();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        JsonDifferentialTest.same(changed);
      }
    }
  }

  private static Map<String, byte[]> cases() throws IOException {
    Path archive = archive();
    if (archive == null) {
      String skipped = "SKIPPED: " + ARCHIVE + " is not in shared/data nor SAFERUN_SHARED_DATA";
      LoggerFactory.getLogger(JsonTestSuiteTest.class).warn(skipped);
      Assumptions.abort(skipped);
    }
    Map<String, byte[]> cases = new TreeMap<>();
    try (InputStream bytes = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          String name = entry.getName();
          cases.put(name.substring(name.lastIndexOf('/') + 1), tar.readAllBytes());
        }
      }
    }
    return cases;
  }

  private static @Nullable Path archive() {
    String configured = System.getenv("SAFERUN_SHARED_DATA");
    if (configured != null) {
      return Path.of(configured, ARCHIVE);
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path archive = above.resolve("shared/data").resolve(ARCHIVE);
      if (Files.exists(archive)) {
        return archive;
      }
    }
    return null;
  }
}
