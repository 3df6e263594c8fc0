package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** {@code saferun runs show}: which environment is meant, where a run's name alone does not say. */
class RunsShowIT {

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.otherOrganization();

  @Test
  void anEnvironmentIsNamedByProjectAndNameOrById() throws Exception {
    String run = CheckActionIT.newRun();
    assertThat(admin.put("/v1/projects/billing", "{}").status()).isEqualTo(201);
    for (String environment : new String[] {"staging", "production"}) {
      RunningAppliance.agent(admin, "billing", environment)
          .post("/v1/check-action", CheckActionIT.action(run, "weather.read", "{}"));
    }

    SaferunCommand.Ended ambiguous = show(run);
    SaferunCommand.Ended named = show(run, "--environment", "billing/staging");
    JsonNode shown = named.json();
    SaferunCommand.Ended byId = show(run, "--environment", shown.get("environment_id").asText());

    assertThat(ambiguous.code()).isEqualTo(1);
    assertThat(ambiguous.errors()).contains("ambiguous-run");
    assertThat(named.code()).as(named.errors()).isZero();
    assertThat(shown.get("environment").asText()).isEqualTo("staging");
    assertThat(byId.json()).isEqualTo(shown);
  }

  @Test
  void whatIsNotThereIsToldWithWhatIs() throws Exception {
    assertThat(admin.put("/v1/projects/billing", "{}").status()).isEqualTo(201);
    assertThat(admin.put("/v1/projects/support", "{}").status()).isEqualTo(201);

    assertRefused("sales/staging", "no project 'sales'; there are: billing, support");
    assertRefused(
        "billing/qa",
        "no environment 'qa' in project 'billing'; there are: development, production, staging");
    assertRefused("staging", "--environment takes project/environment or an environment's id");
  }

  private void assertRefused(String environment, String words) throws Exception {
    SaferunCommand.Ended ended = show("any", "--environment", environment);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.errors()).contains(words);
    assertThat(ended.output()).isEmpty();
  }

  private SaferunCommand.Ended show(String run, String... more) throws Exception {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"runs", "show", run, "--json"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return SaferunCommand.as(admin).run(arguments);
  }
}
