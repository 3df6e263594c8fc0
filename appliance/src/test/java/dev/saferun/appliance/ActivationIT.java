package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What stands before a rule that would stop calls, in the whole appliance. */
class ActivationIT {

  private static final String RULE =
      "{\"condition\": \"action.tool == 'x'\", \"verdict\": \"deny\", \"message\": \"Stopped.\"}";

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();

  @Test
  void aBacktestThatThereIsNotIsNoEvidence() {
    admin.put("/v1/projects/" + project + "/rules/x", RULE);

    Api.Answer answer =
        admin.post(
            "/v1/projects/" + project + "/environments/production/activations",
            """
            {"comment": "c", "rules": [{"rule": "x", "state": "block"}],
             "evidence": {"backtest": "01990000-0000-7000-8000-000000000000"}}""");

    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.body().get("code").asText()).isEqualTo("evidence-missing");
    assertThat(answer.body().get("pointer").asText()).isEqualTo("/evidence/backtest");
  }
}
