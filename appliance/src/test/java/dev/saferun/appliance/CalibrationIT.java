package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * From labels to a new version of the model, to the points of a slider, to that version in force.
 */
class CalibrationIT {

  private static final String PROJECT = "calibrated";
  private static final String MODELS = "/v1/projects/" + PROJECT + "/intent-models";
  private static final int CALLS = 60;

  private final Api admin = RunningAppliance.get().otherOrganization();

  @Test
  void labelsMakeANewVersionThatIsInForceOnlyOnceItIsNamed() throws Exception {
    assertThat(admin.put("/v1/projects/" + PROJECT, "{}").status()).isEqualTo(201);
    Api agent = RunningAppliance.agent(admin, PROJECT, "staging");

    for (int i = 0; i < CALLS; i++) {
      label(agent, call(agent, i, true), "false_positive");
    }
    awaitPoints(CALLS);
    Api.Answer oneKind = admin.post(MODELS, "{}");
    assertThat(oneKind.status()).isEqualTo(409);
    assertThat(oneKind.body().get("code").asText()).isEqualTo("too-few-labels");
    assertThat(oneKind.body().get("detail").asText()).contains("0 are of bad calls");
    assertThat(admin.get(MODELS).body().get("models")).isEmpty();

    for (int i = 0; i < CALLS; i++) {
      label(agent, call(agent, i, false), "correct");
    }
    JsonNode points = awaitPoints(2 * CALLS);
    assertThat(points.at("/points/0/score").isNumber()).isTrue();
    long inBins = 0;
    for (JsonNode bin : points.at("/reliability/bins")) {
      inBins += bin.get("count").asLong();
    }
    assertThat(inBins).isEqualTo(2 * CALLS);
    assertThat(points.at("/reliability/promises/2/infeasible").asBoolean()).isFalse();
    assertThat(points.at("/reliability/by_tool/0/tool").asText()).isEqualTo("pay.refund");
    // Nobody looked at these; thresholds reach them all the same.
    for (int i = 0; i < CALLS; i++) {
      call(agent, 10_000 + i, false);
    }
    awaitSampled(3 * CALLS);

    Api.Answer made = admin.post(MODELS, "{\"method\":\"platt\",\"environment\":\"staging\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonNode version = made.body();
    assertThat(version.get("name").asText()).isEqualTo("intent-1-c1");
    assertThat(
            version.at("/comparison/fitted_on").asInt()
                + version.at("/comparison/held_back").asInt())
        .isEqualTo(2 * CALLS);
    assertThat(version.at("/comparison/after/brier").asDouble())
        .isLessThanOrEqualTo(version.at("/comparison/before/brier").asDouble() + 0.01);
    for (String which : new String[] {"before", "after"}) {
      JsonNode row = version.at("/comparison/" + which + "/at_thresholds/0");
      assertThat(row.get("recall_low").asDouble())
          .isLessThanOrEqualTo(row.get("recall").asDouble());
      assertThat(row.get("reached_a_day").asDouble()).isGreaterThanOrEqualTo(2 * CALLS);
    }
    assertThat(version.at("/comparison/before/expected_a_day/deny").asDouble())
        .as("the calls that nobody labelled count")
        .isCloseTo(2 * CALLS, within(1e-6));
    command();
    assertThat(call(agent, 1_000, false).at("/intent/model").asText()).isEqualTo("intent-1");

    String guard = "/v1/projects/" + PROJECT + "/intent-guard";
    assertThat(admin.put(guard, "{\"model\":\"intent-1-c1\"}").status()).isEqualTo(200);
    JsonNode after = call(agent, 1_001, false);
    assertThat(after.at("/intent/model").asText()).isEqualTo("intent-1-c1");
    assertThat(admin.get(guard).body().get("model").asText()).isEqualTo("intent-1-c1");
    assertThat(admin.put(guard, "{\"model\":\"intent-9\"}").body().get("pointer").asText())
        .isEqualTo("/model");
    String verify = "/v1/decisions/" + after.get("decision_id").asText() + "/verify";
    assertThat(admin.post(verify, "").body().get("result").asText()).isEqualTo("proven");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThat(admin.put("/v1/projects/" + PROJECT, "{}").status()).isBetween(200, 201);
    assertThat(admin.post(MODELS, "{\"method\":\"magic\"}").body().get("pointer").asText())
        .isEqualTo("/method");
    assertThat(admin.post(MODELS, "{\"environment\":\"moon\"}").status()).isEqualTo(404);
    assertThat(admin.get(MODELS + "/points?model=nothing").status()).isEqualTo(404);
    assertThat(admin.get("/v1/projects/elsewhere/intent-models").status()).isEqualTo(404);
  }

  private void command() throws Exception {
    SaferunCommand.Ended shown = SaferunCommand.as(admin).run("intent", "show", PROJECT);
    assertThat(shown.code()).as(shown.errors()).isZero();
    assertThat(shown.output())
        .contains("model intent-1, on all labels")
        .contains("WHAT IT SAID AND WHAT WAS")
        .contains("at most 5 % of the bad calls pass");
    SaferunCommand.Ended made =
        SaferunCommand.as(admin)
            .run(
                "intent", "calibrate", PROJECT, "--environment", "staging", "--method", "isotonic");
    assertThat(made.code()).as(made.errors()).isZero();
    assertThat(made.output()).contains("made intent-1-c2 (not in force)").contains("isotonic on ");
    SaferunCommand.Ended refused =
        SaferunCommand.as(admin).run("intent", "calibrate", PROJECT, "--environment", "production");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors()).contains("too-few-labels");
  }

  private void awaitSampled(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    int sampled = 0;
    while (sampled != count && System.nanoTime() < deadline) {
      sampled = admin.get(MODELS + "/points").body().at("/traffic/sampled").asInt();
    }
    assertThat(sampled).isEqualTo(count);
  }

  private JsonNode awaitPoints(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    JsonNode points = admin.get(MODELS + "/points").body();
    while (points.path("points").size() != count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      points = admin.get(MODELS + "/points").body();
    }
    assertThat(points.path("points")).hasSize(count);
    return points;
  }

  /** A refund that the plan asks for, or denies. */
  private static JsonNode call(Api agent, int number, boolean planned) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action",
            """
            {"run_id": "%s", "action": {"tool": "pay.refund", "arguments": {"amount": %d}},
             "context": {"plan": {"is_refund": %s}}}"""
                .formatted(CheckActionIT.newRun(), number, planned));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static void label(Api agent, JsonNode decision, String label) {
    Api.Answer answer =
        agent.post(
            "/v1/decisions/" + decision.get("decision_id").asText() + "/label",
            "{\"label\":\"" + label + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
