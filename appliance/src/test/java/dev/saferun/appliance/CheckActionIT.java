package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The main job, from the door to the disk and back. */
class CheckActionIT {

  private static final String REFUND_RULE =
      """
      {"condition": "has(context.plan.is_refund) && context.plan.is_refund == false && action.tool.contains('refund')",
       "verdict": "deny", "message": "The plan says that this is not a refund.", "tools": ["payments.*"]}
      """;

  private final RunningAppliance appliance = RunningAppliance.get();
  private final String project = appliance.newProject();

  @Test
  void theStripeBooleanIsStoppedWarnedOrLoggedByEnvironment() {
    assertThat(
            appliance
                .admin()
                .put("/v1/projects/" + project + "/rules/refund-not-planned", REFUND_RULE)
                .status())
        .isLessThan(300);
    for (String environment : List.of("development", "staging", "production")) {
      assertThat(appliance.admin().activate(project, environment, "refund-not-planned").status())
          .isEqualTo(201);
    }

    assertThat(effectIn("production")).isEqualTo("stop");
    assertThat(effectIn("staging")).isEqualTo("proceed_with_warning");
    assertThat(effectIn("development")).isEqualTo("proceed");
  }

  private String effectIn(String environment) {
    Api.Answer answer =
        appliance.agent(project, environment).post("/v1/check-action", refund(newRun()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("verdict").asText()).isEqualTo("deny");
    assertThat(answer.body().at("/reasons/0/source").asText()).isEqualTo("refund-not-planned");
    return answer.body().get("effect").asText();
  }

  @Test
  void theFrameReadBackIsWhatWasSent() throws Exception {
    Api agent = appliance.agent(project, "staging");
    String run = newRun();
    String sent = refund(run);
    JsonNode answer = agent.post("/v1/check-action", sent).body();

    JsonNode frame =
        agent.get("/v1/runs/" + run + "/frames/" + answer.get("frame").asLong()).body();

    JsonNode body = Api.JSON.readTree(sent);
    assertThat(frame.get("action")).isEqualTo(body.get("action"));
    assertThat(frame.get("context")).isEqualTo(body.get("context"));
    assertThat(frame.get("agent")).isEqualTo(body.get("agent"));
    assertThat(frame.get("decision_id")).isEqualTo(answer.get("decision_id"));
    assertThat(frame.at("/decision/policy_snapshot")).isEqualTo(answer.get("policy_snapshot"));
    assertThat(frame.get("sha256").asText()).hasSize(64);
  }

  @Test
  void secretsAreGoneBeforeAnythingIsKept() {
    Api agent = appliance.agent(project, "development");
    String run = newRun();
    String body =
        """
        {"run_id": "%s", "action": {"tool": "db.connect", "arguments": {"password": "hunter2-canary", "card": "4242 4242 4242 4242"}}}
        """
            .formatted(run);
    JsonNode answer = agent.post("/v1/check-action", body).body();

    String frame = agent.get("/v1/runs/" + run + "/frames/" + answer.get("frame").asLong()).text();

    assertThat(frame)
        .doesNotContain("hunter2-canary")
        .doesNotContain("4242 4242 4242 4242")
        .contains("/action/arguments/password");
  }

  @Test
  void twinsOfOneRequestAreOneDecision() throws Exception {
    Api agent = appliance.agent(project, "development");
    byte[] body = refund(newRun()).getBytes(StandardCharsets.UTF_8);
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Callable<String> twin = () -> agent.post("/v1/check-action", body, key).text();
    Set<String> answers = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<String> answer :
          threads.invokeAll(List.of(twin, twin, twin, twin, twin, twin, twin, twin, twin, twin))) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(
            agent
                .post("/v1/check-action", refund(newRun()).getBytes(StandardCharsets.UTF_8), key)
                .status())
        .isEqualTo(409);
  }

  @Test
  void framesOfOneRunAreNumberedWithoutGapOrDouble() throws Exception {
    Api agent = appliance.agent(project, "development");
    String run = newRun();
    Set<Long> numbers = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Long>> calls =
          java.util.Collections.nCopies(
              60, () -> agent.post("/v1/check-action", refund(run)).body().get("frame").asLong());
      for (Future<Long> number : threads.invokeAll(calls)) {
        numbers.add(number.get());
      }
    }
    assertThat(numbers).hasSize(60);
    JsonNode frames = agent.get("/v1/runs/" + run).body().get("frames");
    long first = frames.get(0).get("frame").asLong();
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).get("frame").asLong()).isEqualTo(first + i);
    }
    assertThat(frames).hasSize(60);
  }

  @Test
  void whatHappenedBetweenAndAfterIsPartOfTheRun() {
    Api agent = appliance.agent(project, "development");
    String run = newRun();
    Api.Answer frames =
        agent.post(
            "/v1/runs/" + run + "/frames",
            "{\"frames\": [{\"kind\": \"input\", \"content\": \"charge me\"}, {\"kind\": \"plan\", \"content\": {\"is_refund\": false}}]}");
    assertThat(frames.status()).as(frames.text()).isEqualTo(201);
    String decision =
        agent.post("/v1/check-action", refund(run)).body().get("decision_id").asText();
    assertThat(
            agent
                .post(
                    "/v1/decisions/" + decision + "/outcome",
                    "{\"result\": {\"ok\": true}, \"duration_millis\": 12}")
                .status())
        .isEqualTo(201);
    assertThat(
            agent
                .post(
                    "/v1/decisions/" + decision + "/label",
                    "{\"label\": \"missed\", \"comment\": \"should have stopped\"}")
                .status())
        .isEqualTo(200);

    JsonNode read = agent.get("/v1/runs/" + run).body().get("frames");
    assertThat(read)
        .extracting(frame -> frame.get("kind").asText())
        .containsExactly("input", "plan", "action", "outcome");
    assertThat(agent.get("/v1/decisions/" + decision).text()).contains("missed");
    assertThat(agent.get("/v1/runs?label=missed").text()).contains(run);
  }

  @Test
  void aRunawayLoopIsStopped() {
    Api agent = appliance.agent(project, "production");
    String run = newRun();
    String effect = "";
    int calls = 0;
    while (!effect.equals("stop") && calls < 20) {
      effect =
          agent
              .post("/v1/check-action", action(run, "weather.read", "{\"city\": \"Ulm\"}"))
              .body()
              .get("effect")
              .asText();
      calls++;
    }
    assertThat(effect).isEqualTo("stop");
    assertThat(calls).isBetween(3, 8);
  }

  @Test
  void aRuleIsInForceWhenTheAnswerToItsActivationArrives() {
    Api agent = appliance.agent(project, "production");
    for (int version = 1; version <= 5; version++) {
      String rule =
          "{\"condition\": \"action.tool == 'tool-%d'\", \"verdict\": \"deny\", \"message\": \"Stopped.\"}"
              .formatted(version);
      JsonNode put =
          appliance.admin().put("/v1/projects/" + project + "/rules/moving", rule).body();
      assertThat(put.get("version").asInt()).isEqualTo(version);
      appliance.admin().activate(project, "production", "moving");
      assertThat(
              agent
                  .post("/v1/check-action", action(newRun(), "tool-" + version, "{}"))
                  .body()
                  .get("effect")
                  .asText())
          .isEqualTo("stop");
    }
  }

  @Test
  void aBadRuleIsRefusedWithItsPlace() {
    Api.Answer answer =
        appliance
            .admin()
            .put(
                "/v1/projects/" + project + "/rules/bad",
                "{\"condition\": \"action.amount > 3\", \"verdict\": \"deny\", \"message\": \"x\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("code").asText()).isEqualTo("rule-invalid");
    assertThat(answer.body().at("/faults/0/line").asInt()).isEqualTo(1);
    assertThat(appliance.admin().get("/v1/projects/" + project + "/rules/bad").status())
        .isEqualTo(404);
  }

  static String newRun() {
    return "run-" + UUID.randomUUID();
  }

  static String action(String run, String tool, String arguments) {
    return "{\"run_id\": \"%s\", \"action\": {\"tool\": \"%s\", \"arguments\": %s}}"
        .formatted(run, tool, arguments);
  }

  static String refund(String run) {
    ObjectNode body = Api.JSON.createObjectNode();
    body.put("run_id", run).put("step", 3);
    body.putObject("agent").put("name", "billing").put("version", "2.1").put("model", "m-1");
    body.putObject("action")
        .put("tool", "payments.refund")
        .put("call_id", UUID.randomUUID().toString())
        .putObject("arguments")
        .put("amount", 4500)
        .put("customer", "cus_1");
    ObjectNode context = body.putObject("context");
    context
        .put("user_request", "Please charge my card for the annual plan")
        .put("reasoning", "The customer wants to be charged.");
    context.putObject("plan").put("is_refund", false).put("amount", 4500);
    context
        .putArray("retrieved")
        .addObject()
        .put("source", "crm")
        .put("content", "Müller, plan: annual – ✓");
    return body.toString();
  }
}
