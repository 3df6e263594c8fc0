package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start while the database is away goes on with what was last in force, and catches up. */
class StartWithoutTheDatabaseIT {

  private static final Path BINARIES =
      Path.of(System.getProperty("user.home"), ".cache", "saferun");
  private static final long CATCH_UP_SECONDS_MAX = 10;
  private static final Duration START_MAX = Duration.ofSeconds(20);
  private static final String RULES = "/v1/projects/default/rules/";
  private static final String KEYS = "/v1/projects/default/environments/production/keys";
  private static final String RULE =
      "{\"condition\": \"true\", \"verdict\": \"deny\", \"message\": \"No.\", \"tools\": [\"%s\"]}";

  @TempDir private Path parent;

  @Test
  void anExternalDatabaseThatIsAwayAtTheStart() throws Exception {
    try (DataDirectory server = DataDirectory.open(parent.resolve("server"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(server, BINARIES)) {
      makeDatabase(postgres);
      survivesItsAbsence(externalSettings(postgres.port()), postgres::pause, postgres::resume);
    }
  }

  @Test
  void anEmbeddedServerThatDoesNotComeUp() throws Exception {
    Path control = parent.resolve("data/postgres/data/global/pg_control");
    Path aside = parent.resolve("pg_control");
    survivesItsAbsence(
        Map.of("saferun.database.start-timeout", "2s"),
        () -> Files.move(control, aside),
        () -> Files.move(aside, control));
  }

  @Test
  void aFirstStartIsRefusedAndSaysWhy() throws Exception {
    Map<String, Object> settings = settings(externalSettings(Ports.free()));
    assertThatThrownBy(() -> Appliance.start(parent.resolve("data"), settings))
        .rootCause()
        .hasMessageContaining("onnect");
  }

  /** Something that can fail. */
  private interface Step {
    void run() throws Exception;
  }

  private void survivesItsAbsence(Map<String, Object> database, Step takeAway, Step bringBack)
      throws Exception {
    Api agent;
    Api revoked;
    try (Running before = start(database)) {
      stopTool(before.admin, "payments.refund");
      agent = before.admin.with(newKey(before.admin).get("key").asText());
      JsonNode doomed = newKey(before.admin);
      revoked = before.admin.with(doomed.get("key").asText());
      assertStopped(agent.at(before.api()), "payments.refund");
      assertStopped(revoked.at(before.api()), "payments.refund");
      Api.Answer revocation =
          before.admin.put(KEYS + "/" + doomed.at("/id").asText(), "{\"revoked\": true}");
      assertThat(revocation.status()).as(revocation.text()).isEqualTo(200);
      before.awaitUp();
    }
    takeAway.run();

    long begun = System.nanoTime();
    try (Running without = start(database)) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      System.out.println("started without the database in " + took.toMillis() + " ms");
      assertThat(took).isLessThan(START_MAX);
      String decision = assertDecidesWithoutTheDatabase(without, agent, revoked);

      bringBack.run();
      begun = System.nanoTime();
      without.awaitUp();
      System.out.println("health " + without.health());
      System.out.println("UP in " + (System.nanoTime() - begun) / 1_000_000 + " ms after");

      JsonNode read = until(() -> found(agent.at(without.api()).get("/v1/decisions/" + decision)));
      System.out.println(
          "in the database " + (System.nanoTime() - begun) / 1_000_000 + " ms after");
      assertThat(read.get("effect").asText()).isEqualTo("stop");
      stopTool(without.admin, "payments.charge");
      assertStopped(agent.at(without.api()), "payments.charge");
      assertThat(check(revoked.at(without.api()), "payments.refund").status()).isEqualTo(401);
      assertThat(without.metric("saferun_database_awaited")).isZero();
      assertThat(without.metric("saferun_policy_from_disk")).isZero();
    }
  }

  /** Returns the id of the last decision that was made meanwhile. */
  private static String assertDecidesWithoutTheDatabase(Running without, Api agent, Api revoked)
      throws Exception {
    String decision = assertStopped(agent.at(without.api()), "payments.refund");
    assertThat(check(revoked.at(without.api()), "payments.refund").status())
        .as("a revoked key")
        .isEqualTo(401);

    JsonNode health = without.health();
    System.out.println("health " + health);
    assertThat(health.get("status").asText()).isEqualTo("DEGRADED");
    assertThat(health.at("/details/database/details/reason").asText())
        .contains("could not be reached since the start");
    assertThat(health.at("/details/policy/details/reason").asText()).contains("on its disk");
    assertThat(health.at("/details/policy/details/from_disk_since").asText()).startsWith("20");
    assertThat(health.at("/details/start/status").asText()).isEqualTo("UP");
    assertThat(without.metric("saferun_database_awaited")).isOne();
    assertThat(without.metric("saferun_policy_from_disk")).isOne();

    assertAway(without.admin.put(RULES + "other", RULE.formatted("payments.charge")));
    assertAway(without.admin.get("/v1/projects"));
    assertAway(without.admin.post(KEYS, "{\"name\":\"another\"}"));
    assertAway(agent.at(without.api()).get("/v1/decisions/" + decision));
    // The drain holds the first one by now, so this one waits behind it.
    TimeUnit.MILLISECONDS.sleep(300);
    return assertStopped(agent.at(without.api()), "payments.refund");
  }

  private static void assertAway(Api.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.body().get("code").asText()).isEqualTo("database-unavailable");
    assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  private static void stopTool(Api admin, String tool) {
    String rule = "stop-" + tool.replace('.', '-');
    assertThat(admin.put(RULES + rule, RULE.formatted(tool)).status()).isEqualTo(201);
    Api.Answer activated = admin.activate("default", "production", rule);
    assertThat(activated.status()).as(activated.text()).isEqualTo(201);
  }

  private static JsonNode newKey(Api admin) {
    Api.Answer made = admin.post(KEYS, "{\"name\":\"agent\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body();
  }

  private static String assertStopped(Api agent, String tool) {
    Api.Answer answer = check(agent, tool);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("effect").asText()).isEqualTo("stop");
    assertThat(answer.body().get("recorded").asBoolean()).isTrue();
    return answer.body().get("decision_id").asText();
  }

  private static Api.Answer check(Api agent, String tool) {
    return agent.post(
        "/v1/check-action",
        "{\"run_id\": \"r-%s\", \"action\": {\"tool\": \"%s\", \"arguments\": {}}}"
            .formatted(java.util.UUID.randomUUID(), tool));
  }

  private static JsonNode found(Api.Answer answer) {
    return answer.status() == 200 ? answer.body() : Api.JSON.missingNode();
  }

  private static JsonNode until(Callable<JsonNode> read) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS_MAX);
    while (true) {
      JsonNode found = read.call();
      if (!found.isMissingNode()) {
        return found;
      }
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** An appliance, its administrator and its management port. */
  private record Running(Appliance appliance, Api admin, Api management) implements AutoCloseable {

    URI api() {
      return appliance.uri();
    }

    JsonNode health() {
      Api.Answer answer = management.get("/health/readiness");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      return answer.body();
    }

    void awaitUp() throws Exception {
      until(() -> health().get("status").asText().equals("UP") ? health() : Api.JSON.missingNode());
    }

    double metric(String name) {
      return management
          .get("/metrics")
          .text()
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      appliance.close();
    }
  }

  private Running start(Map<String, Object> database) throws IOException {
    Path data = parent.resolve("data");
    Map<String, Object> settings = settings(database);
    Appliance appliance = Appliance.start(data, settings);
    String key = Files.readString(data.resolve("bootstrap-key")).strip();
    URI management = URI.create("http://127.0.0.1:" + settings.get("saferun.http.management-port"));
    return new Running(appliance, new Api(appliance.uri(), key), new Api(management, ""));
  }

  private static Map<String, Object> settings(Map<String, Object> database) throws IOException {
    Map<String, Object> settings = new HashMap<>(database);
    // As on a busy machine: an outage must not earn the drain a rest.
    settings.put("saferun.runs.busy-processor-load", "0");
    settings.put("saferun.http.port", Ports.free());
    settings.put("saferun.http.management-port", Ports.free());
    return settings;
  }

  private static Map<String, Object> externalSettings(int port) {
    return Map.of(
        "saferun.database.url", "postgresql://127.0.0.1:" + port + "/saferun",
        "saferun.database.owner-user", "saferun_owner",
        "saferun.database.owner-password", "owner",
        "saferun.database.application-password", "application",
        "saferun.database.start-timeout", "2s");
  }

  private static void makeDatabase(EmbeddedPostgres postgres) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres";
    try (Connection connection =
            DriverManager.getConnection(url, postgres.superuser(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create role saferun_owner login createrole password 'owner'");
      statement.execute("create database saferun owner saferun_owner");
    }
  }
}
