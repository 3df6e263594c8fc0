package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.AuditedSetting.Checked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation of the API that is said to be audited is called, and the audit log is read: it
 * has what the description says, by whom and from where, and no secret. One that is said to write
 * nothing writes nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditedEndpointsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AuditedSetting setting;
  private final SampleCalls samples;

  AuditedEndpointsIT() throws IOException {
    setting = new AuditedSetting();
    samples = new SampleCalls(setting);
  }

  @AfterAll
  void stop() {
    setting.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationWritesWhatItSays() throws IOException {
    return AuditedOperation.all().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.name() + " " + operation.codes(), () -> check(operation)));
  }

  private void check(AuditedOperation operation) throws Exception {
    List<Callable<AuditedCall>> calls = samples.of(operation.name());
    assertThat(calls).as("sample calls of %s", operation.name()).isNotEmpty();
    Set<String> written = new TreeSet<>();
    for (Callable<AuditedCall> call : calls) {
      for (JsonNode event : events(call.call(), !operation.codes().isEmpty())) {
        written.add(event.get("code").asText());
      }
    }
    assertThat(written).as(operation.name()).isEqualTo(operation.codes());
  }

  private List<JsonNode> events(AuditedCall call, boolean expected) {
    String requestId = UUID.randomUUID().toString();
    Api.Answer answer = call.succeed(requestId);
    if (expected) {
      await().atMost(PATIENCE).until(() -> !eventsOf(requestId, answer).isEmpty());
    } else {
      // By then all that was recorded has come into the database.
      setting.admin().api().get("/v1/runs?limit=1");
    }
    List<JsonNode> events = eventsOf(requestId, answer);
    events.forEach(event -> check(event, call, answer));
    return events;
  }

  private List<JsonNode> eventsOf(String requestId, Api.Answer answer) {
    return AuditedCall.events(setting.admin().api(), requestId, answer);
  }

  private static void check(JsonNode event, AuditedCall call, Api.Answer answer) {
    assertThat(event.get("outcome").asText()).isEqualTo("success");
    assertThat(event.at("/actor/id").asText()).isEqualTo(call.by().id());
    assertThat(event.at("/actor/kind").asText()).isEqualTo(call.by().kind());
    assertThat(event.get("address").asText()).isEqualTo("127.0.0.1");
    String told = event.path("before") + "" + event.path("after");
    assertThat(told).doesNotContain(AuditedSetting.SIGNING_SECRET, AuditedSetting.PERSON, "whsec_");
    assertThat(answer.body().findValuesAsText("key")).noneMatch(told::contains);
  }

  @Test
  void aLookThatIsRefusedIsWrittenAsAFailure() {
    Checked checked = setting.checked();
    AuditedCall look =
        AuditedCall.of(
            setting.admin(),
            "POST /v1/runs/{run_id}/frames/{frame}/reveal",
            List.of(checked.run(), "1"),
            "{\"grant\":\"" + UUID.randomUUID() + "\"}");
    String requestId = UUID.randomUUID().toString();

    Api.Answer refused = look.send(requestId);

    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    List<JsonNode> events = eventsOf(requestId, refused);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().get("code").asText()).isEqualTo("reveal.refused");
    assertThat(events.getFirst().get("outcome").asText()).isEqualTo("failure");
    assertThat(events.getFirst().get("target").asText()).isEqualTo("run:" + checked.run());
    assertThat(events.getFirst().at("/actor/id").asText()).isEqualTo(setting.admin().id());
  }
}
