package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard that ran out of time says so: in the answer, in the frame, and where a monitor looks. */
class IntentUnavailableIT {

  @TempDir Path parent;

  @Test
  void aDeadlineThatPassedShowsEverywhere() throws Exception {
    Path data = parent.resolve("data");
    int management = Ports.free();
    Map<String, Object> settings =
        Map.of(
            "saferun.http.port",
            Ports.free(),
            "saferun.http.management-port",
            management,
            "saferun.evaluator.intent-deadline",
            "1ns",
            "saferun.evaluator.meaning-time",
            "0s");
    try (Appliance appliance = Appliance.start(data, settings)) {
      Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      Api monitor = new Api(URI.create("http://127.0.0.1:" + management), "");
      Api agent = RunningAppliance.agent(admin, "default", "production");

      JsonNode answer =
          agent
              .post(
                  "/v1/check-action",
                  """
                  {"run_id": "long", "action": {"tool": "pay.refund", "arguments": {"amount": 4500}},
                   "context": {"user_request": "%s"}}
                  """
                      .formatted("Charge the card of every customer. ".repeat(2_000)))
              .body();

      assertThat(answer.get("effect").asText())
          .as(answer.toString())
          .isEqualTo("proceed_with_warning");
      JsonNode measured = agent.get("/v1/runs/long/frames/1").body().at("/run/intent");
      assertThat(measured.get("reason").asText()).isEqualTo("deadline");
      assertThat(monitor.get("/metrics").text())
          .contains("saferun_intent_unavailable_total{reason=\"deadline\"} 1");
      assertThat(monitor.get("/health").body().at("/details/meanings/details/on").asBoolean(true))
          .isFalse();
    }
  }
}
