package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock jumps years ahead and back: nothing is lost, doubled or kept unredacted. */
class ClockJumpIT {

  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);
  private static final String REASON = "{\"reason\": \"Support case 4711, asked by the customer\"}";

  /** The clock of the appliance under test. */
  @Factory
  @Requires(property = "saferun-test.jumping-clock")
  static class Clocks {

    @Singleton
    @Primary
    Clock clock() {
      return new Clock() {
        @Override
        public Instant instant() {
          return Instant.now().plus(AHEAD.get());
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };
    }
  }

  @TempDir Path parent;

  @Test
  void everyCallIsKeptOnceSealedAndInOrder() throws Exception {
    Path data = parent.resolve("data");
    try (Appliance appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun-test.jumping-clock", "true",
                "saferun.http.port", Ports.free(),
                "saferun.http.management-port", Ports.free()))) {
      Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      Api agent = RunningAppliance.agent(admin, "default", "production");
      List<JsonNode> decisions = new ArrayList<>();
      decisions.add(check(agent, 1));
      String grant =
          admin.post("/v1/runs/jumping/reveal-grants", REASON).body().get("grant").asText();
      assertThat(reveal(admin, 1, grant).status()).isEqualTo(200);

      AHEAD.set(Duration.ofDays(800));
      decisions.add(check(agent, 2));
      assertThat(reveal(admin, 1, grant).status()).as("the grant's time is over").isEqualTo(403);

      AHEAD.set(Duration.ofDays(-800));
      decisions.add(check(agent, 3));
      assertThat(reveal(admin, 1, grant).status())
          .as("a clock set back does not make it longer")
          .isEqualTo(403);
      assertThat(check(agent, 3)).as("a retry is answered as before").isEqualTo(decisions.get(2));

      AHEAD.set(Duration.ZERO);
      assertThat(check(agent, 2)).as("a retry after the jumps").isEqualTo(decisions.get(1));
      decisions.add(check(agent, 4));

      JsonNode frames = admin.get("/v1/runs/jumping").body().get("frames");
      assertThat(frames).hasSize(4);
      for (int frame = 1; frame <= 4; frame++) {
        JsonNode decision = decisions.get(frame - 1);
        String kept = admin.get("/v1/runs/jumping/frames/" + frame).text();
        assertThat(kept)
            .contains(decision.get("decision_id").asText(), "tok_text_")
            .doesNotContain("Okafor");
        assertThat(
                admin
                    .post("/v1/decisions/" + decision.get("decision_id").asText() + "/verify", "")
                    .body()
                    .get("result")
                    .asText())
            .isEqualTo("proven");
        String again =
            admin.post("/v1/runs/jumping/reveal-grants", REASON).body().get("grant").asText();
        assertThat(reveal(admin, frame, again).text()).contains("Ms Okafor of call " + frame);
      }
    }
  }

  private static JsonNode check(Api agent, int number) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action",
            """
            {"run_id": "jumping", "action": {"tool": "pay.look", "arguments": {"amount": %d}},
             "context": {"user_request": "Please charge Ms Okafor of call %d"}}
            """
                .formatted(number, number)
                .getBytes(StandardCharsets.UTF_8),
            Map.of("Idempotency-Key", "call-" + number));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("recorded").asBoolean()).isTrue();
    return answer.body();
  }

  private static Api.Answer reveal(Api admin, int frame, String grant) {
    return admin.post(
        "/v1/runs/jumping/frames/" + frame + "/reveal", "{\"grant\": \"" + grant + "\"}");
  }
}
