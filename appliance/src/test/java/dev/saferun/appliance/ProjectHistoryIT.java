package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new in a project is told with its counts, and a restart does not forget it. */
class ProjectHistoryIT {

  private static final int CALLS = 60;

  /** It contradicts the call, which is then stopped and teaches nothing. */
  private static final String OTHER_PLAN = ",'plan':{'to':'team0@northwind.example'}";

  @TempDir Path parent;

  @Test
  void aNewRecipientIsToldWithTheCallsThatNeverHadIt() throws Exception {
    try (Appliance first = start()) {
      Api admin = admin(first);
      Api agent = RunningAppliance.agent(admin, "default", "production");
      for (int i = 0; i < CALLS; i++) {
        JsonNode answer = check(agent, "team" + i % 3 + "@northwind.example", "");
        assertThat(answer.get("verdict").asText()).isEqualTo("allow");
      }

      JsonNode known = frame(admin, check(agent, "team1@northwind.example", OTHER_PLAN));
      JsonNode stopped = check(agent, "eve@evil.example", OTHER_PLAN);

      assertThat(stopped.get("effect").asText()).isEqualTo("stop");
      assertThat(novel(known).isMissingNode()).isTrue();
      assertNovel(novel(frame(admin, stopped)));
      assertNovel(novel(frame(admin, check(agent, "eve@evil.example", OTHER_PLAN))));
    }

    try (Appliance second = start()) {
      Api admin = admin(second);
      assertNovel(awaitNovel(admin, RunningAppliance.agent(admin, "default", "production")));
    }
  }

  private static void assertNovel(JsonNode signal) {
    assertThat(signal.path("argument").asText()).isEqualTo("/to");
    assertThat(signal.at("/earlier/count").asInt()).isEqualTo(CALLS);
    assertThat(signal.at("/earlier/different").asInt()).isEqualTo(3);
    assertThat(signal.path("strength").asDouble()).isGreaterThan(0.8);
  }

  /** The history is read beside the calls: the first ones may come before it. */
  private static JsonNode awaitNovel(Api admin, Api agent) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      JsonNode found = novel(frame(admin, check(agent, "eve@evil.example", OTHER_PLAN)));
      if (!found.isMissingNode()) {
        return found;
      }
      assertThat(System.nanoTime()).as("nothing is told").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static JsonNode novel(JsonNode frame) {
    for (JsonNode signal : frame.at("/run/intent/signals")) {
      if (signal.path("kind").asText().equals("novel_value")) {
        return signal;
      }
    }
    return frame.path("there is none");
  }

  private static JsonNode check(Api agent, String to, String plan) {
    String body =
        """
        {'run_id':'%s','action':{'tool':'mail.send','arguments':{'to':'%s'}},
         'context':{'user_request':'Mail the list to the team'%s}}"""
            .formatted(CheckActionIT.newRun(), to, plan)
            .replace('\'', '"');
    Api.Answer answer = agent.post("/v1/check-action", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode frame(Api admin, JsonNode answer) {
    String path =
        "/v1/runs/" + answer.get("run_id").asText() + "/frames/" + answer.get("frame").asLong();
    Api.Answer frame = admin.get(path);
    assertThat(frame.status()).as(frame.text()).isEqualTo(200);
    return frame.body();
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
