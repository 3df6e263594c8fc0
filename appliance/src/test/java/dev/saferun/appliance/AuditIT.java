package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.appliance.serve.OwnerOf;
import dev.saferun.audit.LogVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who did what, through the whole appliance: written, placed, signed, exported, verified. */
class AuditIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();

  @TempDir Path folder;

  @Test
  void aDeedHasAPlaceAndAProofWithinSeconds() {
    String project = appliance.newProject();

    JsonNode event = event(admin, "/v1/audit/events?code=project.created&limit=500", project);

    assertThat(event.at("/actor/kind").asText()).isEqualTo("operator");
    assertThat(event.get("address").asText()).isEqualTo("127.0.0.1");
    assertThat(event.get("outcome").asText()).isEqualTo("success");
    assertThat(event.get("request_id").asText()).isNotEmpty();
    String path = "/v1/audit/events/" + event.get("id").asText();
    await().atMost(SOON).until(() -> admin.get(path + "/proof").status() == 200);
    JsonNode proof = admin.get(path + "/proof").body();
    assertThat(proof.get("index")).isEqualTo(admin.get(path).body().at("/log/index"));
    assertThat(proof.at("/details/after/value").toString()).contains(project);
    assertThat(proof.at("/entry").toString())
        .as("the entry itself has commitments in the places of contents")
        .doesNotContain(project);
    assertThat(proof.get("checkpoint").asText()).startsWith("saferun/audit/");
  }

  @Test
  void searchTakesFiltersAndGoesOnPageByPage() {
    Api other = appliance.otherOrganization();
    for (int i = 0; i < 5; i++) {
      other.put("/v1/projects/page-" + i, "{}");
    }
    JsonNode first = other.get("/v1/audit/events?code=project.*&limit=3").body();
    JsonNode second =
        other
            .get(
                "/v1/audit/events?code=project.*&limit=3&cursor="
                    + first.get("next_cursor").asText())
            .body();

    assertThat(first.get("events")).hasSize(3);
    assertThat(second.get("events")).hasSize(2);
    assertThat(second.has("next_cursor")).isFalse();
    assertThat(first.get("events").get(0).toString()).contains("page-4");
    assertThat(other.get("/v1/audit/events?outcome=failure").body().get("events")).isEmpty();
    assertThat(other.get("/v1/audit/events?to=2020-01-01T00:00:00Z").body().get("events"))
        .isEmpty();
    assertThat(other.get("/v1/audit/events?from=soon").text()).contains("invalid-parameter");
    assertThat(other.get("/v1/audit/events?outcome=maybe").status()).isEqualTo(400);
    assertThat(other.get("/v1/audit/events?cursor=x").status()).isEqualTo(400);
    assertThat(other.get("/v1/audit/events?limit=0").status()).isEqualTo(400);
  }

  @Test
  void nobodySeesTheEventsOfAnotherOrganization() {
    String project = appliance.newProject();
    String id =
        event(admin, "/v1/audit/events?code=project.created&limit=500", project).get("id").asText();
    Api other = appliance.otherOrganization();

    assertThat(other.get("/v1/audit/events/" + id).status()).isEqualTo(404);
    assertThat(other.get("/v1/audit/events/" + id + "/proof").status()).isEqualTo(404);
    assertThat(other.get("/v1/audit/events?limit=500").text()).doesNotContain(project);
    assertThat(appliance.agent(project, "staging").get("/v1/audit/events").status())
        .as("an agent's key is none for this")
        .isEqualTo(403);
  }

  @Test
  void theWholeLogIsExportedAndVerifiedAtTheCommandLine() throws Exception {
    Api other = appliance.otherOrganization();
    for (int i = 0; i < 20; i++) {
      other.put("/v1/projects/exported-" + i, "{}");
    }
    SaferunCommand command = SaferunCommand.as(other);
    Path file = folder.resolve("log.jsonl.gz");
    SaferunCommand.Ended exported = command.run("audit", "export", "--out", file.toString());
    assertThat(exported.code()).as(exported.errors()).isZero();
    Path note = folder.resolve("note");
    command.run("audit", "checkpoint", "--out", note.toString());

    SaferunCommand.Ended whole =
        command.run("audit", "verify", file.toString(), "--checkpoint", note.toString());
    assertThat(whole.output()).contains("whole: ", "it agrees with the checkpoints");
    assertThat(whole.code()).isZero();
    assertThat(folder.resolve("log.jsonl.gz.progress")).doesNotExist();

    Path altered = folder.resolve("altered.jsonl");
    Files.writeString(altered, unpacked(file).replace("exported-7", "exported-8"));
    SaferunCommand.Ended broken = command.run("audit", "verify", altered.toString());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.output()).contains("BROKEN", "its after is not what the log is committed to");
  }

  /** Who has the database can write whatever he likes into it, and not make it fit. */
  @Test
  void aRowThatWasChangedInTheDatabaseIsNamed() throws Exception {
    Api other = appliance.otherOrganization();
    other.put("/v1/projects/honest", "{}");
    JsonNode event = event(other, "/v1/audit/events?code=project.created", "honest");
    String id = event.get("id").asText();
    await()
        .atMost(SOON)
        .until(() -> other.get("/v1/audit/events/" + id + "/proof").status() == 200);
    long index = other.get("/v1/audit/events/" + id).body().at("/log/index").asLong();
    try (Connection owner = OwnerOf.connect(appliance.appliance());
        Statement statement = owner.createStatement()) {
      scope(statement, event.get("organization_id").asText());
      assertThat(
              statement.executeUpdate(
                  "update audit.event set code = 'nothing.happened' where id = '" + id + "'"))
          .isEqualTo(1);
    }

    LogVerifier.Verdict verdict = verify(export(other));

    assertThat(verdict.broken().orElseThrow())
        .contains("one of the entries ")
        .contains(" is not what was signed at ");
    assertThat(verdict.size()).as("up to the next signature").isGreaterThan(index);
  }

  @Test
  void theApplicationCannotChangeWhatHappened() throws Exception {
    try (Connection owner = OwnerOf.connect(appliance.appliance());
        Statement statement = owner.createStatement()) {
      for (String table : List.of("event", "leaf", "subtree", "checkpoint", "log_key", "stream")) {
        for (String right : List.of("update", "delete", "truncate")) {
          var rows =
              statement.executeQuery(
                  "select has_table_privilege('saferun_app', 'audit.%s', '%s')"
                      .formatted(table, right));
          rows.next();
          assertThat(rows.getBoolean(1)).as("%s of %s", right, table).isFalse();
        }
      }
    }
  }

  @Test
  void everyFormatCanBeExportedAndFiltered() throws Exception {
    Api other = appliance.otherOrganization();
    other.put("/v1/projects/formats", "{}");
    for (String format : List.of("json", "csv", "cef", "ocsf", "ecs")) {
      JsonNode asked =
          other
              .post("/v1/audit/exports", "{\"format\":\"" + format + "\",\"code\":\"project.*\"}")
              .body();
      String path = "/v1/audit/exports/" + asked.get("id").asText();
      await().atMost(SOON).until(() -> other.get(path).body().get("state").asText().equals("done"));
      JsonNode done = other.get(path).body();
      assertThat(done.get("entries").asLong()).as(format).isEqualTo(1);
      String text = unpacked(other.get(path + "/parts/0").raw().body());
      assertThat(text).as(format).contains("project.created");
    }
    assertThat(other.post("/v1/audit/exports", "{\"format\":\"log\",\"code\":\"key.*\"}").text())
        .contains("/format", "cannot be verified as a whole");
    assertThat(other.post("/v1/audit/exports", "{\"format\":\"xml\"}").status()).isEqualTo(400);
    assertThat(admin.get("/v1/audit/exports/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  /**
   * An appliance that is killed in the middle goes on where it was: no part twice, none missing.
   */
  @Test
  void anExportGoesOnAfterARestart() throws Exception {
    Path data = folder.resolve("data");
    Map<String, Object> settings =
        Map.of("saferun.http.port", Ports.free(), "saferun.http.management-port", Ports.free());
    String id;
    try (Appliance first = Appliance.start(data, settings)) {
      Api operator = new Api(first.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      fill(first, organization(operator), 12_000);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> operator.get("/v1/audit/checkpoint").body().path("size").asLong() > 12_000);
      id = operator.post("/v1/audit/exports", "{\"format\":\"log\"}").body().get("id").asText();
    }
    try (Appliance second = Appliance.start(data, settings)) {
      Api operator = new Api(second.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      String path = "/v1/audit/exports/" + id;
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> operator.get(path).body().get("state").asText().equals("done"));
      assertThat(operator.get(path).body().get("parts").asInt()).isEqualTo(3);
      StringBuilder joined = new StringBuilder();
      for (int part = 0; part < 3; part++) {
        joined.append(unpacked(operator.get(path + "/parts/" + part).raw().body()));
      }
      LogVerifier.Verdict verdict = verify(joined.toString());
      assertThat(verdict.broken()).isEmpty();
      assertThat(verdict.size()).isGreaterThan(12_000);
      assertThat(operator.get(path + "/parts/3").status()).isEqualTo(404);
    }
  }

  /** Events as if so many things had been done. */
  private static void fill(Appliance appliance, String organization, int events) throws Exception {
    try (Connection owner = OwnerOf.connect(appliance);
        Statement statement = owner.createStatement()) {
      scope(statement, organization);
      statement.execute(
          """
          with made as (
            insert into audit.event (organization_id, id, at, actor_kind, actor_id, actor_name, code, target, after)
            select '%s', gen_random_uuid(), now(), 'system', gen_random_uuid(), 'filler',
              'filler.made', 'filler:' || n, jsonb_build_object('n', n)
            from generate_series(1, %d) as n
            returning organization_id, id)
          insert into audit.pending (organization_id, id, kind) select organization_id, id, 'audit' from made
          """
              .formatted(organization, events));
    }
  }

  private static String organization(Api caller) {
    return caller.get("/v1/audit/events?limit=1").body().at("/events/0/organization_id").asText();
  }

  /** The owner of the tables sees one organization at a time, too. */
  private static void scope(Statement statement, String organization) throws SQLException {
    statement.execute(
        "select set_config('saferun.organization', '%s', false)".formatted(organization));
  }

  private static JsonNode event(Api caller, String path, String about) {
    for (JsonNode event : caller.get(path).body().get("events")) {
      if (event.toString().contains(about)) {
        return event;
      }
    }
    throw new AssertionError("no event about " + about);
  }

  private String export(Api caller) throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, "export", ".gz");
    assertThat(SaferunCommand.as(caller).run("audit", "export", "--out", file.toString()).code())
        .isZero();
    return unpacked(file);
  }

  private static LogVerifier.Verdict verify(String export) throws IOException {
    return LogVerifier.verify(
        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), null, List.of());
  }

  private static String unpacked(Path file) throws IOException {
    return unpacked(Files.readAllBytes(file));
  }

  private static String unpacked(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
