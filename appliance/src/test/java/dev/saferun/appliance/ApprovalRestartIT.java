package dev.saferun.appliance;

import static dev.saferun.appliance.ApprovalIT.approve;
import static dev.saferun.appliance.ApprovalIT.claimBy;
import static dev.saferun.appliance.ApprovalIT.heldBy;
import static dev.saferun.appliance.ApprovalIT.id;
import static dev.saferun.appliance.ApprovalIT.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval is there once the check was answered, and its time goes on whatever happens. */
class ApprovalRestartIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path parent;

  /** The first appliance leaves all in its journal; the second brings it into the database. */
  @Test
  void whatWasAnsweredBeforeARestartIsApprovedAfterIt() throws Exception {
    JsonNode held;
    Api agent;
    try (Appliance first = start(Map.of("saferun.runs.drain-gather", "10m"))) {
      Api admin = admin(first);
      ApprovalIT.hold(admin, "till");
      agent = RunningAppliance.agent(admin, "till", "production");
      held = heldBy(agent);
      Api.Answer early = agent.get(url(held));
      assertThat(early.status()).as("durable, and not in the database").isEqualTo(503);
      assertThat(early.body().get("code").asText()).isEqualTo("reads-behind");
    }

    try (Appliance second = start(Map.of("saferun.approvals.life", "2s"))) {
      Api admin = admin(second);
      Api again = agent.at(second.uri());
      JsonNode seen = again.get(url(held)).body();
      assertThat(seen.get("state").asText()).isEqualTo("pending");
      assertThat(seen.get("call_hash")).isEqualTo(held.at("/approval/call_hash"));
      assertThat(Instant.parse(seen.get("expires_at").asText()))
          .as("the time that it was answered with")
          .isEqualTo(Instant.parse(held.at("/approval/expires_at").asText()));
      assertThat(approve(admin, held).status()).isEqualTo(200);
      assertThat(claimBy(again, held).status()).isEqualTo(200);
      assertThat(events(admin, held, "approval.requested")).isEqualTo(1);
    }
  }

  @Test
  void whatNobodyDecidesExpiresAndIsNotDenied() throws Exception {
    try (Appliance appliance = start(Map.of("saferun.approvals.life", "4s"))) {
      Api admin = admin(appliance);
      ApprovalIT.hold(admin, "till");
      Api agent = RunningAppliance.agent(admin, "till", "production");
      JsonNode approved = heldBy(agent);
      JsonNode held = heldBy(agent);
      assertThat(approve(admin, approved).status()).isEqualTo(200);

      long begun = System.nanoTime();
      JsonNode seen = agent.get(url(held) + "?wait=30").body();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(seen.get("state").asText()).isEqualTo("expired");
      assertThat(seen.has("decided_at")).isFalse();
      Api.Answer late = approve(admin, held);
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.body().get("code").asText()).isEqualTo("approval-expired");
      assertThat(late.body().get("state").asText()).isEqualTo("expired");
      assertThat(claimBy(agent, approved).body().get("code").asText())
          .isEqualTo("approval-expired");

      JsonNode forgotten = heldBy(agent);
      await().atMost(SOON).until(() -> events(admin, forgotten, "approval.expired") == 1);
      Thread.sleep(6_000);
      for (JsonNode one : new JsonNode[] {approved, held, forgotten}) {
        assertThat(events(admin, one, "approval.expired")).isEqualTo(1);
        assertThat(events(admin, one, "approval.denied")).isZero();
      }
    }
  }

  private static int events(Api admin, JsonNode held, String code) {
    return admin
        .get("/v1/audit/events?code=" + code + "&target=approval:" + id(held))
        .body()
        .get("events")
        .size();
  }

  private Appliance start(Map<String, Object> more) throws IOException {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("saferun.http.port", Ports.free());
    settings.put("saferun.http.management-port", Ports.free());
    return Appliance.start(parent.resolve("data"), settings);
  }

  private Api admin(Appliance appliance) throws IOException {
    return new Api(appliance.uri(), Files.readString(parent.resolve("data/bootstrap-key")).strip());
  }
}
