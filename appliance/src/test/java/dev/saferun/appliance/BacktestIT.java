package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A draft held against recorded calls, over real HTTP and a real database. */
class BacktestIT {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "production");

  @Test
  void saysWhatADraftWouldHaveStopped() {
    rule("over-planned", "action.arguments.amount > context.plan.limit");
    String stopped = call(500, 100);
    call(50, 100);
    String mislabelled = call(700, 100);
    assertThat(label(mislabelled, "missed").status()).isEqualTo(200);

    JsonNode found =
        finished(
            begin(
                "{'environment':'production','rules':[{'rule':'over-planned'}],'money':'/amount'}"));

    assertThat(found.fieldNames().next()).isEqualTo("id");
    assertThat(found.at("/coverage/decisions").asLong()).isEqualTo(3);
    assertThat(found.at("/coverage/replayed").asLong()).isEqualTo(3);
    assertThat(found.at("/coverage/undecidable").asLong()).isZero();
    assertThat(found.at("/verdicts/allow/deny").asLong()).isEqualTo(2);
    assertThat(found.at("/verdicts/allow/allow").asLong()).isEqualTo(1);
    assertThat(found.at("/effects/proceed/stop").asLong()).isEqualTo(2);
    assertThat(found.at("/by_label/missed/allow/deny").asLong()).isEqualTo(1);
    assertThat(found.at("/rules/over-planned").asLong()).isEqualTo(2);
    assertThat(found.at("/money/newly_stopped").asDouble()).isEqualTo(1200);
    assertThat(found.at("/would_stop").asLong()).isEqualTo(2);
    List<String> examples = found.at("/examples").findValuesAsText("decision_id");
    assertThat(examples).containsExactlyInAnyOrder(stopped, mislabelled);
  }

  @Test
  void whatIsInForceDecidesItsOwnLogAlike() {
    rule("over-planned", "action.arguments.amount > context.plan.limit");
    assertThat(admin.activate(project, "production", "over-planned").status()).isEqualTo(201);
    call(500, 100);
    call(50, 100);

    JsonNode found = finished(begin("{'environment':'production'}"));

    assertThat(found.at("/same_policy/decisions").asLong()).isEqualTo(2);
    assertThat(found.at("/same_policy/different").asLong()).isZero();
    assertThat(found.at("/verdicts/deny/deny").asLong()).isEqualTo(1);
  }

  @Test
  void whatRedactionTookIsUndecidableAndCounted() {
    rule("no-cards", "action.arguments.note.startsWith('4')");
    agent.post(
        "/v1/check-action",
        body("{'run_id':'%s','action':{'tool':'pay','arguments':{'note':'4111111111111111'}}}"));

    JsonNode found = finished(begin("{'environment':'production','rules':[{'rule':'no-cards'}]}"));

    assertThat(found.at("/coverage/undecidable").asLong()).isEqualTo(1);
    assertThat(found.at("/coverage/undecidable_by/no-cards").asLong()).isEqualTo(1);
    assertThat(found.at("/verdicts/allow/undecidable").asLong()).isEqualTo(1);
  }

  @Test
  void aFinishedBacktestOfThatVeryVersionLetsItBlock() {
    rule("over-planned", "action.arguments.amount > context.plan.limit");
    call(500, 100);
    String id = begin("{'environment':'production','rules':[{'rule':'over-planned'}]}");
    finished(id);

    assertThat(activate(id).status()).isEqualTo(201);

    rule("over-planned", "action.arguments.amount > context.plan.limit + 1");
    Api.Answer refused = activate(id);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().get("code").asText()).isEqualTo("evidence-missing");
  }

  @Test
  void theCommandWaitsAndSaysWhatWouldChange() throws Exception {
    rule("over-planned", "action.arguments.amount > context.plan.limit");
    call(500, 100);
    call(50, 100);

    SaferunCommand.Ended ended =
        SaferunCommand.as(admin)
            .run(
                "backtest",
                "--environment",
                project + "/production",
                "--rule",
                "over-planned@1",
                "--money",
                "/amount");
    SaferunCommand.Ended refused =
        SaferunCommand.as(admin)
            .run("backtest", "--environment", project + "/production", "--rule", "nowhere");

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output())
        .startsWith("COVERAGE (finished)")
        .contains("2 calls in the window, 2 decided again, 0 undecidable")
        .containsPattern("proceed +-> stop +1")
        .containsPattern("newly stopped +500.00")
        .contains("evidence: {\"backtest\": \"");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.errors()).contains("/rules/0");
  }

  @Test
  void whatIsNotThereIsRefusedWithItsPlace() {
    Api.Answer answer = post("{'environment':'production','rules':[{'rule':'nowhere'}]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("pointer").asText()).isEqualTo("/rules/0");
    assertThat(post("{'environment':'production','money':'amount'}").body().get("pointer").asText())
        .isEqualTo("/money");
    assertThat(post("{'environment':'nowhere'}").status()).isEqualTo(404);
    assertThat(admin.get(path() + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    String id = begin("{'environment':'production'}");
    Api other = appliance.otherOrganization();
    assertThat(other.get(path() + "/" + id).status()).isEqualTo(404);
    assertThat(admin.get("/v1/projects/" + appliance.newProject() + "/backtests/" + id).status())
        .isEqualTo(404);
  }

  @Test
  void aSampleIsSpreadOverTheWindowAndTheWindowNarrowsIt() {
    for (int i = 0; i < 30; i++) {
      call(i, 100);
    }
    JsonNode sampled = finished(begin("{'environment':'production','sample':10}"));
    assertThat(sampled.get("sample_one_in").asLong()).isEqualTo(3);
    assertThat(sampled.at("/coverage/decisions").asLong()).isEqualTo(30);
    assertThat(sampled.at("/coverage/replayed").asLong()).isBetween(1L, 25L);

    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
    JsonNode none = finished(begin("{'environment':'production','from':'" + tomorrow + "'}"));
    assertThat(none.at("/coverage/decisions").asLong()).isZero();
  }

  private void rule(String name, String condition) {
    String body =
        "{'condition':\"%s\",'verdict':'deny','message':'No.','tools':['pay']}"
            .replace('\'', '"')
            .replace("%s", condition.replace("\"", "\\\""));
    Api.Answer answer = admin.put("/v1/projects/" + project + "/rules/" + name, body);
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
  }

  private String call(int amount, int planned) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action",
            body(
                "{'run_id':'%s','action':{'tool':'pay','arguments':{'amount':"
                    + amount
                    + "}},'context':{'plan':{'limit':"
                    + planned
                    + "}}}"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body().get("decision_id").asText();
  }

  private static String body(String template) {
    return template.replace('\'', '"').formatted("r-" + UUID.randomUUID());
  }

  private Api.Answer label(String decision, String label) {
    return agent.post("/v1/decisions/" + decision + "/label", "{\"label\":\"" + label + "\"}");
  }

  private Api.Answer activate(String backtest) {
    return admin.post(
        "/v1/projects/" + project + "/environments/production/activations",
        """
        {"comment": "shown by a backtest", "rules": [{"rule": "over-planned", "state": "block"}],
         "evidence": {"backtest": "%s"}}"""
            .formatted(backtest));
  }

  private String path() {
    return "/v1/projects/" + project + "/backtests";
  }

  private Api.Answer post(String body) {
    return admin.post(path(), body.replace('\'', '"'));
  }

  private String begin(String body) {
    Api.Answer answer = post(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.body().get("id").asText();
  }

  private JsonNode finished(String id) {
    List<String> seen = new ArrayList<>();
    Instant end = Instant.now().plus(DEADLINE);
    while (Instant.now().isBefore(end)) {
      JsonNode found = admin.get(path() + "/" + id).body();
      seen.add(found.get("state").asText());
      if (!List.of("queued", "running").contains(seen.getLast())) {
        assertThat(seen.getLast()).as(found.toString()).isEqualTo("finished");
        return found;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the backtest did not end: " + seen.getLast());
  }
}
