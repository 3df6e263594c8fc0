package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on after a restart is measured as if there had been none. */
class TextsRestartIT {

  private static final List<String> SIMULATIONS =
      List.of("stripe-boolean", "stale-value", "unit-error", "wrong-environment");

  @TempDir Path parent;

  @Test
  void valuesComeFromTheFramesOfBeforeTheRestart() throws Exception {
    List<Halved> runs = new ArrayList<>();
    try (Appliance first = start()) {
      Api admin = admin(first);
      for (String name : SIMULATIONS) {
        Played straight = new Played(simulation(name), "straight");
        straight.play(admin, straight.count());
        Played halved = new Played(simulation(name), "halved");
        halved.play(admin, halved.count() - 1);
        runs.add(new Halved(halved, straight.intent(admin)));
      }
    }

    try (Appliance second = start()) {
      Api admin = admin(second);
      for (Halved run : runs) {
        Played halved = run.played;
        halved.play(admin, halved.count());
        JsonNode after = halved.intent(admin);
        assertThat(after.get("whole").asBoolean()).as(halved.runId).isTrue();
        assertThat(after).as(halved.runId).isEqualTo(run.uninterrupted);
        assertThat(after.findValues("frame"))
            .as("%s: some value is from an earlier frame: %s", halved.runId, after)
            .anySatisfy(frame -> assertThat(frame.asLong()).isLessThan(halved.count()));
      }
    }
  }

  /** A run that a restart halves, and what the same run says that goes on without one. */
  private record Halved(Played played, JsonNode uninterrupted) {}

  /** Of a long run the newest frames are read again, and that older ones are missing is told. */
  @Test
  void aLongRunsOldestFramesAreNotReadAgain() throws Exception {
    int frames = 230;
    try (Appliance first = start()) {
      ObjectNode batch = Api.JSON.createObjectNode();
      for (int i = 1; i <= frames; i++) {
        batch
            .withArray("frames")
            .addObject()
            .put("kind", "retrieval")
            .put("content", "Invoice INV-7" + (1_000 + i) + " is open.");
      }
      Api agent = RunningAppliance.agent(admin(first), "default", "development");
      assertThat(agent.post("/v1/runs/long/frames", batch.toString()).status()).isEqualTo(201);
    }

    try (Appliance second = start()) {
      Api agent = RunningAppliance.agent(admin(second), "default", "development");
      String check =
          CheckActionIT.action(
              "long", "invoices.read", "{\"old\":\"INV-71002\",\"new\":\"INV-71229\"}");
      assertThat(agent.post("/v1/check-action", check).status()).isEqualTo(200);
      JsonNode frame = agent.get("/v1/runs/long/frames/" + (frames + 1)).body();
      assertThat(frame.at("/run/whole").asBoolean()).as("its state").isTrue();
      assertThat(frame.at("/run/intent/whole").asBoolean()).isFalse();
      assertThat(origin(frame, "/new").get("frame").asLong()).isEqualTo(229);
      assertThat(origin(frame, "/old").get("origin").asText()).isEqualTo("nowhere");
    }
  }

  private static JsonNode origin(JsonNode frame, String argument) {
    for (JsonNode origin : frame.at("/run/intent/origins")) {
      if (origin.get("argument").asText().equals(argument)) {
        return origin;
      }
    }
    throw new AssertionError("no origin of " + argument + " in " + frame);
  }

  /** One run on its way. */
  private static final class Played {

    private final JsonNode run;
    private final String runId;
    private int done;
    private String decision = "";

    Played(JsonNode run, String tail) {
      this.run = run;
      this.runId = run.get("run_id").asText() + "-" + tail;
    }

    int count() {
      return run.get("frames").size();
    }

    void play(Api admin, int upTo) {
      Api agent = RunningAppliance.agent(admin, "default", "development");
      while (done < upTo) {
        JsonNode frame = run.get("frames").get(done++);
        Api.Answer answer = send(agent, frame);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        decision = answer.body().path("decision_id").asText(decision);
      }
    }

    private Api.Answer send(Api agent, JsonNode frame) {
      ObjectNode body = frame.deepCopy();
      return switch (frame.get("kind").asText()) {
        case "action" ->
            agent.post(
                "/v1/check-action",
                body.retain("step", "action", "context").put("run_id", runId).toString());
        case "outcome" ->
            agent.post(
                "/v1/decisions/" + decision + "/outcome",
                body.retain("result", "error", "duration_millis").toString());
        default -> {
          ObjectNode frames = Api.JSON.createObjectNode();
          frames.putArray("frames").add(body.retain("kind", "content", "step"));
          yield agent.post("/v1/runs/" + runId + "/frames", frames.toString());
        }
      };
    }

    /** What was measured of the last call. */
    JsonNode intent(Api admin) {
      Api.Answer frame = admin.get("/v1/runs/" + runId + "/frames/" + count());
      JsonNode intent = frame.body().at("/run/intent");
      assertThat(intent.isObject()).as(frame.text()).isTrue();
      return intent;
    }
  }

  private static JsonNode simulation(String name) throws IOException {
    try (InputStream in =
        TextsRestartIT.class.getResourceAsStream("/simulations/" + name + ".json")) {
      return Api.JSON.readTree(Objects.requireNonNull(in)).get("failing");
    }
  }

  /** With time to read a run back, however busy the machine is. */
  private Appliance start() throws IOException {
    return Appliance.start(
        parent.resolve("data"),
        Map.of(
            "saferun.http.port", Ports.free(),
            "saferun.http.management-port", Ports.free(),
            "saferun.runs.past-run-timeout", "30s"));
  }

  private Api admin(Appliance appliance) throws IOException {
    return new Api(appliance.uri(), Files.readString(parent.resolve("data/bootstrap-key")).strip());
  }
}
