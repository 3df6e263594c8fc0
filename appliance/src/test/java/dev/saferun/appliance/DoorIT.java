package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bad input gets: a precise problem, and nothing is changed. */
class DoorIT {

  private final RunningAppliance appliance = RunningAppliance.get();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "development");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                                              | invalid-json  |",
        "{\"run_id\":\"r\",\"run_id\":\"r\"}                                            | invalid-json  |",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}}} x              | invalid-json  |",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{\"n\":1e400}}}     | invalid-json  | /action/arguments/n",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{\"n\":9007199254740993}}} | invalid-json | /action/arguments/n",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{\"s\":\"\\ud800\"}}} | invalid-json | /action/arguments/s",
        "{\"run_id\":\"r\"}                                                             | invalid-field | /action",
        "{\"run_id\":7,\"action\":{\"tool\":\"t\",\"arguments\":{}}}                    | invalid-field | /run_id",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":[]}}                | invalid-field | /action/arguments",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}},\"extra\":1}    | invalid-field | /extra",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{},\"x\":1}}        | invalid-field | /action/x",
        "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}},\"at\":\"now\"} | invalid-field | /at"
      })
  void badBodiesAreRefusedWithTheirPlace(String body, String code, String pointer) {
    Api.Answer answer = agent.post("/v1/check-action", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body().get("code").asText()).isEqualTo(code);
    if (pointer != null) {
      assertThat(answer.body().path("pointer").asText()).isEqualTo(pointer);
    }
    assertThat(agent.get("/v1/runs/r").status()).as("nothing was recorded").isEqualTo(404);
  }

  @Test
  void anEmptyBodyIsNotJson() {
    Api admin = appliance.admin();
    for (Api.Answer answer :
        List.of(
            admin.put("/v1/projects/" + project + "/rules/none", ""),
            admin.put("/v1/projects/" + project + "/loop-guard", ""),
            admin.put("/v1/projects/none", ""),
            admin.put("/v1/projects/" + project + "/environments/none", ""),
            admin.put("/v1/organizations/none", ""),
            admin.post("/v1/keys", ""),
            agent.post("/v1/check-action", ""),
            agent.post("/v1/runs/r/frames", ""))) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.body().get("code").asText()).as(answer.text()).isEqualTo("invalid-json");
      assertThat(answer.body().get("detail").asText()).isEqualTo("the body is empty");
    }
    for (String path :
        List.of(
            "/v1/projects/none",
            "/v1/projects/" + project + "/rules/none",
            "/v1/projects/" + project + "/environments/none")) {
      assertThat(admin.get(path).status()).as("nothing was made at %s", path).isEqualTo(404);
    }
  }

  @Test
  void overlongUtf8IsRefused() {
    byte[] body =
        "{\"run_id\":\"rXX\",\"action\":{\"tool\":\"t\",\"arguments\":{}}}"
            .getBytes(StandardCharsets.US_ASCII);
    body[12] = (byte) 0xC0;
    body[13] = (byte) 0xAF;
    assertThat(agent.post("/v1/check-action", body, Map.of()).status()).isEqualTo(400);
  }

  @Test
  void tooDeepAndTooLargeAreRefused() {
    String deep = "[".repeat(100) + "]".repeat(100);
    assertThat(
            agent
                .post("/v1/check-action", CheckActionIT.action("deep", "t", "{\"a\":" + deep + "}"))
                .status())
        .isEqualTo(400);
    String large = CheckActionIT.action("large", "t", "{\"a\":\"" + "x".repeat(2 << 20) + "\"}");
    assertThat(agent.post("/v1/check-action", large).status()).isEqualTo(413);
    assertThat(agent.get("/v1/runs/deep").status()).isEqualTo(404);
    assertThat(agent.get("/v1/runs/large").status()).isEqualTo(404);
  }

  @Test
  void keysThatAreNotGoodGet401() {
    String path = "/v1/projects/" + project + "/environments/development/keys";
    Api.Answer made = appliance.admin().post(path, "{\"name\":\"short-lived\"}");
    Api holder = agent.with(made.body().get("key").asText());
    String body = CheckActionIT.action("keys", "t", "{}");
    assertThat(holder.post("/v1/check-action", body).status()).isEqualTo(200);

    assertThat(
            appliance
                .admin()
                .put(path + "/" + made.body().get("id").asText(), "{\"revoked\": true}")
                .status())
        .isEqualTo(200);

    assertThat(holder.post("/v1/check-action", body).status()).isEqualTo(401);
    for (String wrong :
        List.of(
            "", "nonsense", "srk_agent_00000000000000000000000000000000000", agent.key() + "x")) {
      Api.Answer refusal = agent.with(wrong).post("/v1/check-action", body);
      assertThat(refusal.status()).as("key '%s'", wrong).isEqualTo(401);
      assertThat(refusal.raw().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
    assertThat(agent.put("/v1/projects/" + project, "{}").status()).isEqualTo(403);
  }

  @Test
  void whatBelongsToOthersIsNotThere() {
    Api other = appliance.otherOrganization();
    String decision =
        agent
            .post("/v1/check-action", CheckActionIT.action("mine", "t", "{}"))
            .body()
            .get("decision_id")
            .asText();
    assertThat(agent.get("/v1/runs/mine").status()).isEqualTo(200);
    Api sibling = appliance.agent(project, "staging");
    for (Api stranger : List.of(other, sibling)) {
      assertThat(stranger.get("/v1/runs/mine").status()).isEqualTo(404);
      assertThat(stranger.get("/v1/decisions/" + decision).status()).isEqualTo(404);
      assertThat(stranger.get("/v1/runs").body().get("runs")).isEmpty();
    }
    assertThat(other.get("/v1/projects/" + project).status()).isEqualTo(404);
    assertThat(other.get("/v1/projects/" + project + "/rules").status()).isEqualTo(404);
    assertThat(sibling.post("/v1/decisions/" + decision + "/outcome", "{\"result\": 1}").status())
        .isEqualTo(404);
  }

  @Test
  void unknownPathsAndMethodsAreProblems() {
    for (Api.Answer answer : List.of(agent.get("/v1/nothing"), agent.get("/v1/check-action"))) {
      assertThat(answer.status()).isIn(404, 405);
      assertThat(answer.body().has("code")).as(answer.text()).isTrue();
    }
  }
}
