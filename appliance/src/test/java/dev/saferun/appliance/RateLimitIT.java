package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever asks too often is told when to come again; nothing else happens, and to nobody else. */
class RateLimitIT {

  private static final int REQUESTS = 40;

  private final RunningAppliance appliance = RunningAppliance.get();
  private final String project = appliance.newProject();

  @Test
  void oneTooManyIsRefusedAndNotRecorded() {
    Api limited = appliance.agent(project, "production");
    limit("production", 1);

    List<String> refused = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String run = CheckActionIT.newRun();
      Api.Answer answer =
          limited.post("/v1/check-action", CheckActionIT.action(run, "weather.read", "{}"));
      if (answer.status() != 200) {
        assertRefusal(answer);
        refused.add(run);
      }
    }

    assertThat(refused).isNotEmpty();
    for (String run : refused) {
      assertThat(appliance.admin().get("/v1/runs/" + run).status()).as(run).isEqualTo(404);
    }
  }

  private static void assertRefusal(Api.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(answer.body().get("code").asText()).isEqualTo("too-many-requests");
    assertThat(answer.raw().headers().firstValueAsLong("Retry-After")).hasValue(1);
  }

  @Test
  void ofTheFramesOfOneRunThoseThatWereTakenAreThere() {
    Api limited = appliance.agent(project, "production");
    limit("production", 1);
    String run = CheckActionIT.newRun();
    int taken = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Api.Answer answer =
          limited.post(
              "/v1/runs/" + run + "/frames",
              "{\"frames\": [{\"kind\": \"note\", \"content\": " + i + "}]}");
      taken += answer.status() == 201 ? 1 : 0;
    }

    assertThat(taken).isPositive().isLessThan(REQUESTS);
    assertThat(appliance.admin().get("/v1/runs/" + run).body().get("frames")).hasSize(taken);
  }

  @Test
  void otherEnvironmentsAndAdministratorsAreNotHeldUp() {
    Api limited = appliance.agent(project, "production");
    Api sibling = appliance.agent(project, "staging");
    Api elsewhere = appliance.agent(appliance.newProject(), "production");
    limit("production", 1);
    boolean held = false;
    for (int i = 0; i < REQUESTS; i++) {
      String body = CheckActionIT.action(CheckActionIT.newRun(), "weather.read", "{}");
      held |= limited.post("/v1/check-action", body).status() == 429;
      assertThat(sibling.post("/v1/check-action", body).status()).isEqualTo(200);
      assertThat(elsewhere.post("/v1/check-action", body).status()).isEqualTo(200);
      assertThat(appliance.admin().get("/v1/projects/" + project).status()).isEqualTo(200);
    }
    assertThat(held).isTrue();

    limit("production", 50_000);
    assertThat(
            limited
                .post(
                    "/v1/check-action",
                    CheckActionIT.action(CheckActionIT.newRun(), "weather.read", "{}"))
                .status())
        .as("a raised limit is in force at once")
        .isEqualTo(200);
  }

  private void limit(String environment, int perSecond) {
    assertThat(
            appliance
                .admin()
                .put(
                    "/v1/projects/" + project + "/environments/" + environment,
                    "{\"requests_per_second_max\": " + perSecond + "}")
                .status())
        .isEqualTo(200);
  }
}
