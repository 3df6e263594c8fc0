package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said about a rule before it is put in force: pins, hints, differences. */
class RuleCareIT {

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "production");

  @Test
  void aPinnedCallIsDecidedAgainByEveryNewVersion() {
    rule("limit", "action.arguments.amount > 100");
    String large = call(500);

    Api.Answer pinned =
        admin.put(
            "/v1/projects/" + project + "/rules/limit/pins/" + large,
            "{\"expect\":\"must_stop\",\"comment\":\"the one that hurt\"}");

    assertThat(pinned.status()).as(pinned.text()).isEqualTo(200);
    assertThat(pinned.body().get("found").asText()).isEqualTo("stopped");
    JsonNode loosened = rule("limit", "action.arguments.amount > 1000").body();
    assertThat(loosened.at("/pins/0/found").asText()).isEqualTo("allowed");
    assertThat(loosened.at("/pins/0/ok").asBoolean()).isFalse();
    Api.Answer refused = activate("limit", "");
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(activate("limit", override()).status()).isEqualTo(201);
  }

  @Test
  void aRuleThatWouldStopEverythingIsCalledOut() {
    rule("everything", "true");
    call(1);

    Api.Answer preview =
        admin.post(
            path() + "/preview",
            "{\"comment\":\"try\",\"rules\":[{\"rule\":\"everything\",\"state\":\"block\"}]}");

    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.body().findValuesAsText("kind")).contains("constant");
    Api.Answer refused = activate("everything", "");
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(effect(call(agent, 2))).isEqualTo("proceed");
  }

  @Test
  void twoVersionsDifferFieldByField() {
    rule("limit", "action.arguments.amount > 100");
    rule("limit", "action.arguments.amount > 200");

    Api.Answer diff = admin.get("/v1/projects/" + project + "/rules/limit/diff?from=1&to=2");

    assertThat(diff.status()).as(diff.text()).isEqualTo(200);
    assertThat(diff.text()).contains("condition").contains("100").contains("200");
    assertThat(diff.text()).doesNotContain("\"message\"");
  }

  @Test
  void aForeignDecisionCannotBePinned() {
    rule("limit", "action.arguments.amount > 100");
    assertThat(
            admin
                .put(
                    "/v1/projects/" + project + "/rules/limit/pins/" + UUID.randomUUID(),
                    "{\"expect\":\"must_stop\"}")
                .status())
        .isEqualTo(404);
  }

  private String path() {
    return "/v1/projects/" + project + "/environments/production/activations";
  }

  private static String override() {
    return ", \"override\": {\"reason\": \"known\"}";
  }

  private Api.Answer activate(String rule, String grounds) {
    return admin.post(
        path(),
        "{\"comment\":\"on\",\"rules\":[{\"rule\":\"%s\",\"state\":\"block\"}]%s}"
            .formatted(rule, grounds));
  }

  private Api.Answer rule(String name, String condition) {
    Api.Answer answer =
        admin.put(
            "/v1/projects/" + project + "/rules/" + name,
            "{\"condition\":\"%s\",\"verdict\":\"deny\",\"message\":\"No.\",\"tools\":[\"pay\"]}"
                .formatted(condition));
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return answer;
  }

  private String call(int amount) {
    return call(agent, amount).get("decision_id").asText();
  }

  private static JsonNode call(Api agent, int amount) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action",
            "{\"run_id\":\"r-%s\",\"action\":{\"tool\":\"pay\",\"arguments\":{\"amount\":%d}}}"
                .formatted(UUID.randomUUID(), amount));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static String effect(JsonNode answer) {
    return answer.get("effect").asText();
  }
}
