package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code saferun simulate} against a real appliance. */
class SimulateIT {

  private static final int PLAYED = 18;

  // An organization of its own, so that no rule of another round is left in its projects.
  private final Api admin = RunningAppliance.get().otherOrganization();

  @Test
  void allSixEndAsExpectedInAllThreeModes() throws Exception {
    SaferunCommand.Ended ended = SaferunCommand.as(admin).run("simulate", "--json");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.json().get("as_expected").asInt()).isEqualTo(PLAYED);
    assertThat(ended.json().get("played")).hasSize(PLAYED);
    assertThat(unexpected(ended.json())).isEmpty();
    assertThat(ended.errors()).contains("18 of 18 as expected");
  }

  /** The Intent Guard sees what no rule was written for. */
  @Test
  void withoutTheirRulesTheyEndAsExpectedToo(@TempDir Path folder) throws Exception {
    for (String name : List.of("stripe-boolean", "stale-value", "unit-error")) {
      change(name, folder, document -> document.putArray("rules"));
    }

    SaferunCommand.Ended ended =
        SaferunCommand.as(admin).withFirst(folder).run("simulate", "--json");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(unexpected(ended.json())).isEmpty();
  }

  /**
   * The negative control: a failing twin in which nothing is wrong goes through, and that is told.
   */
  @Test
  void aFailureThatDoesNotHappenIsNotAsExpected(@TempDir Path folder) throws Exception {
    change(
        "stripe-boolean",
        folder,
        document ->
            ((ObjectNode) document.get("failing"))
                .set("frames", document.at("/benign/frames").deepCopy()));

    SaferunCommand.Ended ended =
        SaferunCommand.as(admin).withFirst(folder).run("simulate", "--json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.json().get("as_expected").asInt()).isEqualTo(PLAYED - 3);
    assertThat(unexpected(ended.json()))
        .containsExactly(
            "stripe-boolean development proceed",
            "stripe-boolean staging proceed",
            "stripe-boolean production proceed");
    assertThat(ended.errors()).contains("NOT AS EXPECTED").contains("15 of 18 as expected");
  }

  private static void change(String simulation, Path folder, Consumer<ObjectNode> edit)
      throws IOException {
    String resource = "/simulations/" + simulation + ".json";
    try (InputStream in = SimulateIT.class.getResourceAsStream(resource)) {
      ObjectNode document = (ObjectNode) Api.JSON.readTree(Objects.requireNonNull(in));
      edit.accept(document);
      Path file = folder.resolve("simulations").resolve(simulation + ".json");
      Files.createDirectories(folder.resolve("simulations"));
      Files.writeString(file, document.toString());
    }
  }

  private static List<String> unexpected(JsonNode document) {
    List<String> unexpected = new ArrayList<>();
    for (JsonNode one : document.get("played")) {
      if (!one.get("as_expected").asBoolean()) {
        unexpected.add(
            "%s %s %s"
                .formatted(
                    one.get("simulation").asText(),
                    one.get("environment").asText(),
                    one.at("/failing/effect").asText()));
      }
    }
    return unexpected;
  }
}
