package dev.saferun.audit.format;

import static dev.saferun.audit.format.JsonObjects.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OcsfFormatTest {

  private static final EventFormats FORMATS = new EventFormats("0.1.0");

  static List<String> versions() {
    return EventFormats.ocsfVersions();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyEventKeepsToThePublishedSchema(String version) {
    OcsfSchema schema = OcsfSchema.of(version);
    events().map(event -> written(version, event)).forEach(json -> assertKeeps(schema, json));
  }

  private static void assertKeeps(OcsfSchema schema, byte[] json) {
    assertThat(schema.violations(JsonObjects.parse(json))).isEmpty();
  }

  /** The same judged by others: the package's own JSON schemas, and a validator for them. */
  @Test
  void anotherValidatorFindsNothing(@TempDir Path directory) throws IOException {
    List<byte[]> lines =
        versions().stream()
            .flatMap(version -> events().map(event -> written(version, event)))
            .toList();
    assertThat(judged(directory, lines)).isEqualTo("checked " + lines.size() + "\n");
  }

  @Test
  void theOtherValidatorIsAwake(@TempDir Path directory) throws IOException {
    Map<String, @Nullable Object> event =
        JsonObjects.parse(written("1.6.0", Events.deed("key.created")));
    event.put("verdict", "x");
    assertThat(judged(directory, List.of(CanonicalJson.write(event))))
        .contains("'verdict' was unexpected");
  }

  private static String judged(Path directory, List<byte[]> lines) throws IOException {
    Path script = directory.resolve("check_ocsf.py");
    try (InputStream resource = OcsfFormatTest.class.getResourceAsStream("check_ocsf.py")) {
      Files.copy(Objects.requireNonNull(resource), script);
    }
    Path input = directory.resolve("events.jsonl");
    try (OutputStream out = Files.newOutputStream(input)) {
      for (byte[] line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
    return OcsfPackage.run(script, input);
  }

  /** What finds nothing must be able to find something. */
  @ParameterizedTest
  @CsvSource({
    "type_uid, 600301, type_uid does not fit",
    "severity_id, 77, severity_id is none of the enumerated: 77",
    "time, '\"now\"', time is not of type timestamp_t",
    "severity, '\"Dire\"', severity is Dire and not Informational",
    "src_endpoint, {}, src_endpoint has none of",
    "src_endpoint, '{\"ip\":\"1.2.3\"}', src_endpoint.ip has not its form: 1.2.3",
    "actor, null, actor is no object",
    "is_alert, true, is_alert is unknown",
    "verdict, '\"x\"', verdict is unknown"
  })
  void theSchemaRefuses(String member, String json, String violation) {
    Map<String, @Nullable Object> event =
        JsonObjects.parse(written("1.6.0", Events.deed("something.else.entirely")));
    event.put(member, StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(OcsfSchema.of("1.6.0").violations(event))
        .anyMatch(found -> found.startsWith(violation));
  }

  @ParameterizedTest
  @CsvSource({
    "something.else.entirely, 600399, entirely",
    "approval.granted, 600399, granted",
    "key.created, 300401, Create",
    "key.revoked, 300411, Deactivate",
    "rule.activated, 300410, Activate",
    "rule.pinned, 300403, Update",
    "redaction.changed, 300403, Update",
    "data_key.rotated, 300403, Update",
    "data-key.rotated, 300403, Update",
    "destination.tested, 300499, tested",
    "reveal.shown, 600501, Read",
    "reveal.refused, 600501, Read",
    "reveal.granted, 600599, granted",
    "originals.shredded, 600507, Delete",
    "audit.exported, 600501, Read",
    "user.created, 300101, Create",
    "role.created, 300401, Create",
    "role.granted, 300501, Assign Privileges",
    "group.member-added, 300603, Add User",
    "login.failed, 300201, Logon",
    "logout, 300202, Logoff",
    "appliance.started, 600203, Start",
    "proof.drift, 600801, General Error"
  })
  void aCodeHasItsClassAndActivity(String code, long typeUid, String activity) {
    Map<String, @Nullable Object> event = JsonObjects.parse(written("1.6.0", Events.deed(code)));
    assertThat(event).containsEntry("type_uid", typeUid).containsEntry("activity_name", activity);
  }

  @Test
  void aDetectionIsAFinding() {
    Map<String, @Nullable Object> event = JsonObjects.parse(written("1.6.0", Events.detection()));
    assertThat(event)
        .containsEntry("type_uid", 200401L)
        .containsEntry("severity_id", 4L)
        .containsEntry("disposition_id", 2L)
        .containsEntry("action_id", 2L)
        .containsEntry("is_alert", true)
        .containsEntry("confidence_score", 93L);
    assertThat(at(at(event, "finding_info"), "analytic"))
        .containsEntry("uid", "limit")
        .containsEntry("type_id", 1L);
  }

  @Test
  void theApplianceSignsItsLogItself() {
    Map<String, @Nullable Object> event = JsonObjects.parse(written("1.6.0", Events.checkpoint()));
    assertThat(event).containsEntry("type_uid", 600399L).containsEntry("activity_name", "signed");
    assertThat(at(at(event, "actor"), "user")).containsEntry("type", "System");
    assertThat(at(event, "src_endpoint")).containsEntry("svc_name", "saferun");
  }

  @Test
  void theRolesThatWereGivenArePrivileges() {
    assertThat(JsonObjects.parse(written("1.6.0", Events.deed("role.granted"))))
        .containsEntry("privileges", List.of("reader"));
  }

  @Test
  void nothingOfADeedIsLost() {
    Map<String, @Nullable Object> event =
        JsonObjects.parse(written("1.6.0", Events.deed("rule.changed")));
    assertThat(at(at(event, "unmapped"), "saferun"))
        .containsOnlyKeys("at", "before", "after", "log");
    assertThat(at(event, "metadata"))
        .containsEntry("uid", Events.ID.toString())
        .containsEntry("event_code", "rule.changed")
        .containsEntry("correlation_uid", "req-7")
        .containsEntry("sequence", 41L);
  }

  private static Stream<StreamedEvent> events() {
    return Stream.concat(Events.all().stream(), OddEvents.first(500));
  }

  private static byte[] written(String version, StreamedEvent event) {
    return FORMATS.ocsf(version).orElseThrow().write(event);
  }
}
