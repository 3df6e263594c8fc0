package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.appliance.serve.OwnerOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backtest that a restart ended says so, and is evidence for nothing. */
class BacktestRestartIT {

  private static final String RULE =
      "{\"condition\": \"true\", \"verdict\": \"deny\", \"message\": \"No.\", \"tools\": [\"pay\"]}";

  @TempDir Path parent;

  @Test
  void whatWasUnderWayIsInterrupted() throws Exception {
    String id;
    try (Appliance first = start()) {
      Api admin = admin(first);
      assertThat(admin.put("/v1/projects/default/rules/all", RULE).status()).isEqualTo(201);
      id =
          admin
              .post(
                  "/v1/projects/default/backtests",
                  "{\"environment\": \"production\", \"rules\": [{\"rule\": \"all\"}]}")
              .body()
              .get("id")
              .asText();
      awaitState(admin, id, "finished");
      // As it stands in the database while it runs: a whole run is over before it can be killed.
      setRunning(first, id);
    }

    try (Appliance second = start()) {
      Api admin = admin(second);
      JsonNode found = awaitState(admin, id, "interrupted");
      assertThat(found.hasNonNull("ended_at")).isTrue();
      Api.Answer refused =
          admin.post(
              "/v1/projects/default/environments/production/activations",
              """
              {"comment": "on", "rules": [{"rule": "all", "state": "block"}],
               "evidence": {"backtest": "%s"}}"""
                  .formatted(id));
      assertThat(refused.status()).as(refused.text()).isEqualTo(409);
      assertThat(refused.body().get("code").asText()).isEqualTo("evidence-missing");
    }
  }

  private static void setRunning(Appliance appliance, String id) throws Exception {
    try (Connection owner = OwnerOf.connect(appliance);
        PreparedStatement update =
            owner.prepareStatement(
                "update replay.backtest set state = 'running', ended_at = null where id = ?")) {
      owner.createStatement().execute("alter table replay.backtest no force row level security");
      update.setObject(1, UUID.fromString(id));
      assertThat(update.executeUpdate()).isEqualTo(1);
      owner.createStatement().execute("alter table replay.backtest force row level security");
    }
  }

  private static JsonNode awaitState(Api admin, String id, String state) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      JsonNode found = admin.get("/v1/projects/default/backtests/" + id).body();
      if (found.path("state").asText().equals(state)) {
        return found;
      }
      assertThat(System.nanoTime()).as(found.toString()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Appliance start() throws IOException {
    return Appliance.start(
        parent.resolve("data"),
        Map.of("saferun.http.port", Ports.free(), "saferun.http.management-port", Ports.free()));
  }

  private Api admin(Appliance appliance) throws IOException {
    return new Api(appliance.uri(), Files.readString(parent.resolve("data/bootstrap-key")).strip());
  }
}
