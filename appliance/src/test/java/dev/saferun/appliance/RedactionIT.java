package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What is kept, who may see it, and its end, through the whole appliance. */
class RedactionIT {

  private static final String REASON = "{\"reason\": \"Support case 4711, asked by the customer\"}";

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "production");

  @Test
  void inProductionAFrameIsSealedShownForAReasonAndShredded() throws Exception {
    JsonNode decision = check("r");
    String frame = admin.get(run("r") + "/frames/1").text();
    assertThat(frame)
        .doesNotContain("Okafor", "Lagos", "85000")
        .contains("tok_text_", "\"amount\":4500");

    assertThat(verified(decision)).isEqualTo("proven");
    assertThat(reveal("r", "00000000-0000-0000-0000-000000000000").status()).isEqualTo(403);

    Api.Answer granted = admin.post(run("r") + "/reveal-grants", REASON);
    assertThat(granted.status()).as(granted.text()).isEqualTo(201);
    String grant = granted.body().get("grant").asText();
    Api.Answer shown = reveal("r", grant);
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    assertThat(shown.text()).contains("Please charge Ms Okafor in Lagos", "85000");

    check("other");
    assertThat(reveal("other", grant).status()).as("a grant is for one run").isEqualTo(403);
    assertThat(agent.post(run("r") + "/reveal-grants", REASON).status()).isEqualTo(403);

    Api.Answer shredded = admin.post(run("r") + "/shredding", REASON);
    assertThat(shredded.body().get("records").asInt()).as(shredded.text()).isEqualTo(1);
    Api.Answer gone = reveal("r", grant);
    assertThat(gone.body().get("values")).isEmpty();
    assertThat(gone.body().get("shredded_at").asText()).isNotEmpty();
    JsonNode after = admin.get(run("r") + "/frames/1").body();
    assertThat(after.at("/originals/state").asText()).isEqualTo("shredded");
    assertThat(after.get("sha256")).isEqualTo(Api.JSON.readTree(frame).get("sha256"));
    assertThat(verified(decision))
        .as("no less honest without its originals")
        .isNotEqualTo("altered");
  }

  @Test
  void aPersonsRunsAreFoundByTheTokensOfAValue() {
    check("one");
    String body =
        "{\"reason\": \"Erasure asked for by the person\", \"classes\": [\"text\"],"
            + " \"value\": \"Please charge Ms Okafor in Lagos\"}";

    Api.Answer shredded = admin.post("/v1/shredding", body);

    assertThat(shredded.status()).as(shredded.text()).isEqualTo(200);
    assertThat(shredded.body().get("records").asInt()).isPositive();
  }

  @Test
  void aFloorHoldsInEveryProjectAndIsVersioned() {
    Api other = appliance.otherOrganization();
    other.put("/v1/projects/default", "{}");
    String floor =
        "{\"rules\":[{\"path\":\"/context/state/city\",\"action\":\"drop\",\"class\":\"city\"}]}";

    Api.Answer first = other.put("/v1/redaction", floor);
    Api.Answer again = other.put("/v1/redaction", floor);
    Api.Answer second =
        other.put("/v1/redaction", "{\"detectors\":{\"secret\":{\"action\":\"drop\"}}}");

    assertThat(first.body().get("version").asInt()).as(first.text()).isEqualTo(1);
    assertThat(again.body().get("version").asInt()).isEqualTo(1);
    assertThat(second.body().get("version").asInt()).isEqualTo(2);
    assertThat(other.get("/v1/redaction").body().get("versions")).hasSize(2);
    JsonNode inForce =
        other.get("/v1/projects/default/environments/staging/redaction/in-force").body();
    assertThat(inForce.get("layers")).as(inForce.toString()).hasSize(2);
    assertThat(admin.get("/v1/redaction").body().toString()).doesNotContain("city");
  }

  @Test
  void aProjectsPolicyIsInForceWithTheNextCall() {
    Api staging = appliance.agent(project, "staging");
    staging.post("/v1/check-action", call("before"));
    Api.Answer put =
        admin.put(
            "/v1/projects/" + project + "/environments/staging/redaction",
            "{\"rules\":[{\"path\":\"/context/state/salary\",\"action\":\"band\",\"edges\":[50000,100000]},"
                + "{\"path\":\"/context/state/city\",\"action\":\"token\",\"class\":\"city\"}]}");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    staging.post("/v1/check-action", call("after"));

    assertThat(admin.get(run("before") + "/frames/1").text()).contains("85000", "Lagos");
    assertThat(admin.get(run("after") + "/frames/1").text())
        .contains("\"from\":50000", "tok_city_")
        .doesNotContain("85000");
  }

  /** Policies change while checks come in: each frame is wholly of the one that it names. */
  @Test
  void noFrameIsHalfOfOnePolicyAndHalfOfAnother() throws Exception {
    Api staging = appliance.agent(project, "staging");
    String path = "/v1/projects/" + project + "/environments/staging/redaction";
    String both =
        "{\"rules\":[{\"path\":\"/context/state/%s\",\"action\":\"drop\"},"
            + "{\"path\":\"/context/plan\",\"action\":\"drop\"}]}";
    admin.put(path, both.formatted("city"));
    Thread changing =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    admin.put(path, both.formatted(i % 2 == 0 ? "city" : "salary"));
                  }
                });
    int sent = 0;
    while (changing.isAlive() || sent < 20) {
      staging.post("/v1/check-action", call("changing"));
      sent++;
    }
    int city = 0;
    for (int frame = 1; frame <= sent; frame++) {
      JsonNode state = admin.get(run("changing") + "/frames/" + frame).body().at("/context/state");
      assertThat(state.get("city").isTextual()).isNotEqualTo(state.get("salary").isNumber());
      city += state.get("city").isTextual() ? 1 : 0;
    }
    assertThat(city).as("both were in force").isBetween(1, sent - 1);
  }

  @Test
  void aPolicyIsTriedOverWhatWasRecorded() {
    check("recorded");
    Api.Answer tried =
        admin.post(
            "/v1/projects/" + project + "/environments/production/redaction/dry-run",
            "{\"policy\":{\"rules\":[{\"path\":\"/action/arguments/customer\",\"action\":\"drop\"}]}}");

    assertThat(tried.status()).as(tried.text()).isEqualTo(200);
    assertThat(tried.body().get("frames_changed").asInt()).isPositive();
    assertThat(tried.text())
        .contains("\"now\":\"keep\",\"path\":\"/action/arguments/customer\",\"then\":\"drop\"")
        .contains("\"now\":\"seal\",\"path\":\"/context/user_request\",\"then\":\"keep\"")
        .doesNotContain("cus_1", "Okafor");
  }

  /** Trying a looser policy on a frame must not be a way around the grant and its audit. */
  @Test
  void aPolicyIsTriedOnOneRecordedFrameAndRevealsNothing() {
    check("one-frame");
    String path = "/v1/projects/" + project + "/environments/production/redaction/dry-run/frame";
    String body =
        """
        {"run": "%s-one-frame", "frame": 1, "policy": {"rules": [
          {"path": "/action/arguments/customer", "action": "mask", "keep_last": 1},
          {"path": "/context/state/city", "action": "token", "class": "city"},
          {"path": "/context/state/salary", "action": "band", "edges": [50000, 100000]}]}}
        """
            .formatted(project);

    Api.Answer tried = admin.post(path, body);

    assertThat(tried.status()).as(tried.text()).isEqualTo(200);
    JsonNode kept = tried.body().get("kept");
    assertThat(kept.at("/action/arguments/customer").asText()).isEqualTo("****1");
    assertThat(kept.at("/action/arguments/amount").asInt()).isEqualTo(4500);
    assertThat(kept.at("/context/state/city").asText()).startsWith("tok_city_");
    assertThat(kept.at("/context/state/salary").asText()).startsWith("tok_text_");
    assertThat(kept.at("/context/user_request").asText()).startsWith("tok_text_");
    assertThat(tried.body().get("withheld").toString())
        .isEqualTo("[\"/context/state/salary\",\"/context/user_request\"]");
    assertThat(tried.text())
        .contains("\"action\":\"band\",\"class\":")
        .doesNotContain("Okafor", "Lagos", "85000", "50000");
    assertThat(admin.post(path, body.replace("\"frame\": 1", "\"frame\": 9")).status())
        .isEqualTo(404);
    assertThat(admin.post(path, "{\"run\": \"r\", \"frame\": 1}").text()).contains("/policy");
    assertThat(appliance.otherOrganization().post(path, body).status()).isEqualTo(404);
  }

  @Test
  void anOverBroadPatternIsRefusedWhereItIsWritten() {
    Api.Answer refused =
        admin.put(
            "/v1/projects/" + project + "/redaction",
            "{\"patterns\":[{\"name\":\"all\",\"pattern\":\".*\",\"action\":\"drop\"}]}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("code").asText()).isEqualTo("invalid-redaction-policy");
    assertThat(refused.text()).contains("/patterns/0/pattern");
    assertThat(admin.get("/v1/projects/" + project + "/redaction").body().get("versions"))
        .isEmpty();
  }

  @Test
  void aPreviewTellsWhatWouldBeKeptAndKeepsNothing() {
    Api.Answer preview =
        admin.post(
            "/v1/projects/" + project + "/environments/development/redaction/preview",
            "{\"sample\":{\"context\":{\"city\":\"Lagos\",\"password\":\"hunter2\"}},"
                + "\"policy\":{\"rules\":[{\"path\":\"/context/city\",\"action\":\"seal\",\"class\":\"city\"}]}}");

    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.text())
        .contains("tok_city_", "\"path\":\"/context/city\"")
        .doesNotContain("Lagos");
    Api.Answer refused =
        admin.put(
            "/v1/projects/" + project + "/redaction",
            "{\"rules\":[{\"path\":\"context\",\"action\":\"drop\"}]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("invalid-redaction-policy", "/rules/0/path");
  }

  private JsonNode check(String run) {
    Api.Answer answer = agent.post("/v1/check-action", call(run));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("recorded").asBoolean()).isTrue();
    return answer.body();
  }

  private String run(String name) {
    return "/v1/runs/" + project + "-" + name;
  }

  private String call(String run) {
    return """
        {"run_id": "%s-%s", "action": {"tool": "pay.look", "arguments": {"amount": 4500, "customer": "cus_1"}},
         "context": {"user_request": "Please charge Ms Okafor in Lagos", "plan": {"is_refund": false},
                     "state": {"salary": 85000, "city": "Lagos"}}}
        """
        .formatted(project, run);
  }

  private String verified(JsonNode decision) {
    return admin
        .post("/v1/decisions/" + decision.get("decision_id").asText() + "/verify", "")
        .body()
        .get("result")
        .asText();
  }

  private Api.Answer reveal(String run, String grant) {
    return admin.post(run(run) + "/frames/1/reveal", "{\"grant\": \"" + grant + "\"}");
  }
}
