package dev.saferun.appliance;

import static dev.saferun.appliance.CheckActionIT.action;
import static dev.saferun.appliance.CheckActionIT.newRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop guard over HTTP: what came of a call counts, and what it stops stays stopped. */
class LoopGuardIT {

  private final RunningAppliance appliance = RunningAppliance.get();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "production");

  @Test
  void askingInOtherWordsForNothingIsStoppedAndWithItItsRun() {
    String run = newRun();
    List<String> effects = new ArrayList<>();
    JsonNode last = Api.JSON.missingNode();
    for (int i = 0; i < 6; i++) {
      last = check(run, "kb.search", "{\"query\": \"refund policy " + i + "\"}");
      effects.add(last.get("effect").asText());
      if (last.get("effect").asText().startsWith("proceed")) {
        tell(last, "{\"result\": {\"hits\": [], \"total\": 0}}");
      }
    }
    assertThat(effects)
        .containsExactly(
            "proceed", "proceed", "proceed", "proceed_with_warning", "wait_for_approval", "stop");
    assertThat(last.at("/reasons/0/kind").asText()).isEqualTo("loop_no_progress");

    JsonNode later = check(run, "mail.send", "{\"to\": \"ana@example.org\"}");
    assertThat(later.get("effect").asText()).isEqualTo("stop");
    assertThat(later.at("/reasons/0/kind").asText()).isEqualTo("run_stopped");
    assertThat(later.at("/reasons/0/details/stopped_at_frame").asLong())
        .isEqualTo(last.get("frame").asLong());
    assertThat(check(newRun(), "mail.send", "{\"to\": \"ana@example.org\"}").get("effect").asText())
        .isEqualTo("proceed");
  }

  @Test
  void aBatchWithOneAnswerForAllGoesThrough() {
    String run = newRun();
    for (int i = 0; i < 40; i++) {
      JsonNode answer = check(run, "desk.close", "{\"ticket\": \"t-" + i + "\"}");
      assertThat(answer.get("effect").asText()).as("call %s", i).isEqualTo("proceed");
      tell(answer, "{\"result\": {\"ok\": true}}");
    }
  }

  @Test
  void aWindowHoldsOverTheRunsOfAnAgentAndStandsInTheFrame() {
    Api.Answer put =
        appliance
            .admin()
            .put(
                "/v1/projects/" + project + "/loop-guard",
                """
                {"windows": [{"name": "payouts", "scope": "project", "seconds": 3600,
                  "tool": "pay", "argument": "/amount", "max": 100}]}
                """);
    assertThat(put.status()).as(put.text()).isEqualTo(200);

    assertThat(check(newRun(), "pay", "{\"amount\": 60}").get("effect").asText())
        .isEqualTo("proceed");
    JsonNode stopped = check(newRun(), "pay", "{\"amount\": 41}");
    assertThat(stopped.get("effect").asText()).isEqualTo("stop");
    assertThat(stopped.at("/reasons/0/kind").asText()).isEqualTo("window");
    JsonNode frame =
        agent
            .get(
                "/v1/runs/"
                    + stopped.get("run_id").asText()
                    + "/frames/"
                    + stopped.get("frame").asLong())
            .body();
    assertThat(frame.at("/run/windows/0/used").asDouble()).isEqualTo(60);
    assertThat(check(newRun(), "pay", "{\"amount\": 40}").get("effect").asText())
        .as("what was stopped used nothing")
        .isEqualTo("proceed");
  }

  private JsonNode check(String run, String tool, String arguments) {
    Api.Answer answer = agent.post("/v1/check-action", action(run, tool, arguments));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private void tell(JsonNode answer, String outcome) {
    String path = "/v1/decisions/" + answer.get("decision_id").asText() + "/outcome";
    assertThat(agent.post(path, outcome).status()).isEqualTo(201);
  }
}
