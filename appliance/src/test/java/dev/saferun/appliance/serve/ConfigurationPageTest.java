package dev.saferun.appliance.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference page says what the code takes, and the code takes nothing else. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @TempDir Path directory;

  @Test
  void thePageListsEverySetting() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Settings\n\n");
    page.append(
        "In `DATA/saferun.yml`, or each as an environment variable: `saferun.http.port` is `SAFERUN_HTTP_PORT`.\n");
    page.append(
        "The variable wins over the file. An unknown key refuses to start and is named.\n\n");
    page.append("| key | meaning |\n|---|---|\n");
    new TreeMap<>(KnownSettings.ALL)
        .forEach(
            (key, meaning) ->
                page.append("| `").append(key).append("` | ").append(meaning).append(" |\n"));
    if (Boolean.getBoolean("saferun.configuration.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  @Test
  void anUnknownKeyIsRefusedByName() throws IOException {
    Path file =
        Files.writeString(directory.resolve("saferun.yml"), "saferun:\n  http:\n    prot: 8080\n");
    assertThatThrownBy(() -> KnownSettings.read(file))
        .isInstanceOf(RefusedToStart.class)
        .hasMessageContaining("saferun.http.prot");
  }

  @Test
  void knownKeysAreRead() throws IOException {
    Path file =
        Files.writeString(directory.resolve("saferun.yml"), "saferun:\n  http:\n    port: 9090\n");
    assertThat(KnownSettings.read(file)).isEqualTo(Map.of("saferun.http.port", 9090));
  }
}
