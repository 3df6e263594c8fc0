package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events leave for their destinations: in order, at least once, whatever the receiver does. */
class DestinationIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";
  private static final Map<String, Object> SETTINGS = new LinkedHashMap<>();

  @TempDir static Path folder;

  private static Appliance appliance;
  private static Api operator;

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private volatile ToIntFunction<String> answer = body -> 204;
  private HttpServer receiver;
  private Api admin;

  @BeforeAll
  static void start() throws IOException {
    SETTINGS.put("saferun.http.port", Ports.free());
    SETTINGS.put("saferun.http.management-port", Ports.free());
    SETTINGS.put("saferun.audit.allowed-addresses", List.of("127.0.0.0/8"));
    SETTINGS.put("saferun.audit.files-directory", folder.resolve("events").toString());
    Files.createDirectories(folder.resolve("events"));
    appliance = Appliance.start(folder.resolve("data"), SETTINGS);
    operator =
        new Api(appliance.uri(), Files.readString(folder.resolve("data/bootstrap-key")).strip());
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @BeforeEach
  void receive() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/events",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          int status = answer.applyAsInt(body);
          if (status < 300) {
            received.add(body);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
    String name = "o-" + UUID.randomUUID();
    admin =
        operator.with(
            operator.put("/v1/organizations/" + name, "{}").body().findPath("key").asText());
    admin.put("/v1/projects/shop", "{}");
  }

  @AfterEach
  void stopReceiving() {
    receiver.stop(0);
  }

  @Test
  void everyEventArrivesInItsOrderAlsoAfterTheReceiverWasAway() throws Exception {
    answer = body -> 503;
    create("webhook", "beginning", "");
    for (int i = 0; i < 10; i++) {
      admin.put("/v1/projects/away-" + i, "{}");
    }
    await().atMost(SOON).until(() -> standing().at("/delivery/failures").asInt() > 0);
    assertThat(standing().at("/delivery/fault").asText()).contains("503");
    assertThat(received).isEmpty();

    answer = body -> 204;
    await().atMost(SOON).until(() -> heardOf("away-9") && heardOf("log.signed"));
    await().atMost(SOON).until(() -> standing().at("/delivery/waiting").asInt() == 0);

    List<JsonNode> events = new ArrayList<>();
    for (String body : received) {
      events.add(Api.JSON.readTree(body));
    }
    Set<String> ids = new LinkedHashSet<>();
    long index = -1;
    for (JsonNode event : events) {
      ids.add(event.get("id").asText());
      if (event.at("/log/index").isNumber()) {
        assertThat(event.at("/log/index").asLong()).isEqualTo(index + 1);
        index++;
      }
    }
    assertThat(ids).as("nothing twice").hasSameSizeAs(events);
    assertThat(heardOf("away-0")).isTrue();
    assertThat(heardOf("destination.created")).isTrue();
    assertThat(standing().at("/delivery/fault").isMissingNode()).isTrue();
  }

  @Test
  void whatWasStoppedIsHeardOfElsewhere() {
    create("webhook", "now", ",\"kinds\":[\"detection\"],\"format\":\"ocsf\"");
    String rule =
        "{\"condition\":\"action.arguments.amount > 100\",\"verdict\":\"deny\",\"message\":\"Too much for one call.\"}";
    admin.put("/v1/projects/shop/rules/limit", rule);
    admin.activate("shop", "production", "limit");
    Api agent = RunningAppliance.agent(admin, "shop", "production");
    Api.Answer stopped =
        agent.post(
            "/v1/check-action",
            "{\"run_id\":\"r\",\"agent\":{\"name\":\"teller\"},\"action\":{\"tool\":\"pay\",\"arguments\":{\"amount\":900}}}");
    assertThat(stopped.body().get("effect").asText()).isEqualTo("stop");

    await().atMost(SOON).until(() -> received.size() == 1);

    assertThat(received.getFirst())
        .contains("\"class_uid\":2004")
        .contains("Too much for one call.")
        .contains("teller")
        .contains(stopped.body().get("decision_id").asText());
  }

  @Test
  void whatAReceiverNeverTakesIsSetAsideShownAndSentAgain() {
    answer = body -> body.contains("poison") ? 422 : 204;
    create("webhook", "now", ",\"codes\":[\"project.*\"]");
    admin.put("/v1/projects/poison", "{}");
    admin.put("/v1/projects/after", "{}");

    await().atMost(SOON).until(() -> received.toString().contains("after"));
    await().atMost(SOON).until(() -> standing().at("/delivery/dead_letters").asInt() == 1);
    JsonNode letters = admin.get(path() + "/dead-letters").body().get("dead_letters");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).get("reason").asText()).contains("422");
    assertThat(received.toString()).doesNotContain("poison");

    answer = body -> 204;
    assertThat(admin.post(path() + "/dead-letters/retry", "").status()).isEqualTo(202);
    await().atMost(SOON).until(() -> received.toString().contains("poison"));
    await().atMost(SOON).until(() -> standing().at("/delivery/dead_letters").asInt() == 0);
  }

  @Test
  void aDestinationIsTestedBackFilledSwitchedOffAndEnded() throws Exception {
    create("webhook", "now", ",\"codes\":[\"project.*\"]");
    assertThat(admin.post(path() + "/test", "").status()).isEqualTo(200);
    assertThat(received).hasSize(1);
    assertThat(received.getFirst()).contains("destination.tested");
    answer = body -> 500;
    Api.Answer refused = admin.post(path() + "/test", "");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("destination-refused", "500").doesNotContain("QUJDREVG");
    answer = body -> 204;

    assertThat(admin.post(path() + "/back-fill", "{\"from\":\"beginning\"}").status())
        .isEqualTo(200);
    await().atMost(SOON).until(() -> received.toString().contains("project.created"));

    create("webhook", "now", ",\"codes\":[\"project.*\"],\"enabled\":false");
    await().atMost(SOON).until(() -> !standing().get("enabled").asBoolean());
    int before = received.size();
    admin.put("/v1/projects/silent", "{}");
    Thread.sleep(3_000);
    assertThat(received).hasSize(before);

    assertThat(admin.raw("DELETE", path()).status()).isEqualTo(204);
    assertThat(admin.get(path()).status()).isEqualTo(404);
    assertThat(admin.get("/v1/audit/events?code=destination.*&limit=100").text())
        .contains("destination.created", "destination.changed", "destination.deleted")
        .contains("destination.tested", "destination.test_failed", "destination.back_filled")
        .doesNotContain("QUJDREVG");
  }

  @Test
  void whatCannotBeADestinationIsRefusedWhereItIsWritten() {
    assertThat(put("{\"type\":\"pigeon\"}").text()).contains("/type", "must be one of");
    assertThat(put("{\"type\":\"webhook\",\"settings\":{}}").text()).contains("/s");
    assertThat(put(body("webhook", "now", ",\"format\":\"xml\"")).text()).contains("/format");
    assertThat(put(body("webhook", "now", ",\"kinds\":[\"gossip\"]")).text()).contains("/kinds");
    assertThat(put(body("webhook", "some day", "")).text()).contains("/from");
    assertThat(put(body("webhook", "now", ",\"colour\":1")).text()).contains("/colour");
    assertThat(
            put("{\"type\":\"webhook\",\"settings\":{\"url\":\"https://169.254.169.254/\"},"
                    + "\"secrets\":{\"signing_secret\":\""
                    + SECRET
                    + "\"}}")
                .text())
        .contains("/settings/url");
    assertThat(admin.get("/v1/audit/destinations").body().get("destinations")).isEmpty();
    assertThat(admin.put("/v1/audit/destinations/Upper", body("webhook", "now", "")).status())
        .isEqualTo(400);
  }

  @Test
  void aFileGrowsByWholeLines() throws Exception {
    Api.Answer made =
        admin.put(
            path(),
            "{\"type\":\"file\",\"settings\":{\"name\":\"siem\"},\"format\":\"cef\",\"from\":\"beginning\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(() -> written().contains("project.created") && written().contains("log.signed"));
    assertThat(written().lines()).allMatch(line -> line.startsWith("CEF:0|"));
  }

  private static String written() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("events"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private boolean heardOf(String what) {
    return List.copyOf(received).stream().anyMatch(body -> body.contains(what));
  }

  private static String body(String type, String from, String more, int port) {
    return """
    {"type":"%s","settings":{"url":"http://127.0.0.1:%d/events","allow_plaintext":true},
     "secrets":{"signing_secret":"%s"},"from":"%s"%s}"""
        .formatted(type, port, SECRET, from, more);
  }

  private String body(String type, String from, String more) {
    return body(type, from, more, receiver.getAddress().getPort());
  }

  private void create(String type, String from, String more) {
    Api.Answer made = put(body(type, from, more));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.text()).doesNotContain("QUJDREVG").contains("\"has_secrets\":true");
  }

  private Api.Answer put(String body) {
    return admin.put(path(), body);
  }

  private JsonNode standing() {
    return admin.get(path()).body();
  }

  private static String path() {
    return "/v1/audit/destinations/siem";
  }
}
