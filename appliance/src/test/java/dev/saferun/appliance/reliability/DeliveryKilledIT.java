package dev.saferun.appliance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance that is killed while it sends: nothing is missing, and nothing has a second id. */
class DeliveryKilledIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DESTINATION = "/v1/audit/destinations/siem";
  private static final int EVENTS = 20_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void whatWasNotAcknowledgedIsSentAgainUnderItsId() throws Exception {
    Path data = folder.resolve("data");
    try (SyslogCounter receiver = new SyslogCounter();
        ApplianceProcess appliance =
            ApplianceProcess.start(
                data, Map.of("SAFERUN_AUDIT_ALLOWED_ADDRESSES", "127.0.0.0/8"))) {
      receiver.open();
      call(
          appliance,
          "PUT",
          DESTINATION,
          """
          {"type": "syslog", "format": "json", "from": "beginning",
           "settings": {"address": "127.0.0.1:%d", "transport": "tcp", "allow_plaintext": true}}"""
              .formatted(receiver.port()));
      fill(data);
      await().atMost(Duration.ofMinutes(1)).until(() -> receiver.frames() > EVENTS / 4);
      appliance.killAndRestart();
      long before = receiver.frames();
      await()
          .atMost(Duration.ofMinutes(4))
          .until(
              () ->
                  call(appliance, "GET", DESTINATION, "").at("/delivery/waiting").asLong() == 0
                      && receiver.frames() > before);

      long end = call(appliance, "GET", DESTINATION, "").at("/delivery/cursor").asLong();
      assertThat(end).isGreaterThan(EVENTS);
      assertThat(receiver.positions()).as("none is missing").isEqualTo((int) end);
      assertThat(receiver.distinct()).as("each has one id").isEqualTo(receiver.positions());
      assertThat(receiver.outOfOrder()).isZero();
    }
  }

  private JsonNode call(ApplianceProcess appliance, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(appliance.uri(path))
                .header("Authorization", "Bearer " + appliance.adminKey())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static void fill(Path data) throws Exception {
    List<String> pidFile = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pidFile.get(3).strip() + "/saferun",
                "postgres",
                Files.readString(data.resolve("postgres/password")).strip());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          with organization as (select organization_id from audit.event limit 1),
          made as (
            insert into audit.event (organization_id, id, at, actor_kind, actor_id, actor_name, code, target)
            select organization_id, gen_random_uuid(), now(), 'system', gen_random_uuid(), 'filler',
              'filler.made', 'filler:' || n
            from organization, generate_series(1, %d) as n
            returning organization_id, id)
          insert into audit.pending (organization_id, id, kind) select organization_id, id, 'audit' from made
          """
              .formatted(EVENTS));
    }
  }
}
