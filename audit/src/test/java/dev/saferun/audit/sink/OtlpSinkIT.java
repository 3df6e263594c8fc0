package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.sink.Sink.Refused;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against {@link FakeOtlp}, for lack of a real collector. */
class OtlpSinkIT extends NetworkSinkContract {

  private final FakeOtlp collector = new FakeOtlp();

  @AfterEach
  void stop() {
    collector.close();
  }

  @Override
  SinkType type() {
    return Surroundings.type("otlp");
  }

  @Override
  SinkSettings receiver() {
    return settings(collector.url(), 30);
  }

  @Override
  SinkSettings at(int port) {
    return settings("http://127.0.0.1:" + port, 1);
  }

  private static SinkSettings settings(String url, long seconds) {
    return new SinkSettings(
        Map.of(
            "url",
            url,
            "allow_plaintext",
            true,
            "timeout_seconds",
            seconds,
            "header_name",
            "X-Vendor-Key"),
        Map.of("header_value", FakeOtlp.KEY));
  }

  @Override
  List<String> received(UUID organization, int count) {
    return collector.records().stream()
        .map(record -> record.getBody().getStringValue())
        .filter(body -> body.contains(organization.toString()))
        .toList();
  }

  @Override
  boolean knowsIds() {
    return false;
  }

  @Test
  void aRecordSaysWhatAndWhen() throws Exception {
    List<Message> batch = Messages.of(1);
    send(batch);
    LogRecord record = collector.records().getFirst();
    assertThat(record.getTimeUnixNano()).isEqualTo(1_795_860_000_123_456_789L);
    assertThat(record.getEventName()).isEqualTo("key.created");
    assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
    assertThat(record.getAttributes(0).getValue().getStringValue())
        .isEqualTo(batch.getFirst().event().id().toString());
  }

  @Test
  void aPartialSuccessMakesTheWholeRequestDoubtful() throws Exception {
    collector.rejects = 2;
    List<Refused> refused = send(Messages.of(5));
    assertThat(refused).hasSize(5);
    assertThat(refused.getFirst().reason())
        .contains("rejected 2 of 5 records", "no room")
        .doesNotContain(FakeOtlp.KEY);
  }

  @Test
  void aRequestThatIsTooLargeIsSentInHalves() throws Exception {
    collector.recordsMax = 100;
    List<Message> batch = Messages.of(450);
    assertThat(send(batch)).isEmpty();
    assertThat(received(Messages.organization(batch), batch.size()))
        .isEqualTo(Messages.bodies(batch));
  }

  @Test
  void anEventThatNeverFitsIsRefusedAlone() throws Exception {
    collector.recordsMax = 0;
    assertThat(send(Messages.of(3))).extracting(Refused::index).containsExactly(0, 1, 2);
  }

  @Test
  void aRequestThatIsInvalidIsSentInHalvesUntilTheEventIsFound() throws Exception {
    List<Message> batch = Messages.of(50);
    collector.poison = batch.get(33).event().id().toString();
    List<Refused> refused = send(batch);
    assertThat(refused).extracting(Refused::index).containsExactly(33);
    assertThat(refused.getFirst().reason()).contains("invalid (400)");
    assertThat(collector.records()).hasSize(49);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 502, 503, 504, 302, 202})
  void everyOtherStatusIsSentAgain(int status) {
    try (FakeHttp http = new FakeHttp((exchange, body) -> FakeHttp.Answer.of(status, ""))) {
      assertThatThrownBy(() -> type().open(settings(http.url(), 5)).send(Messages.of(1)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("(" + status + ")");
    }
  }

  private List<Refused> send(List<Message> batch) throws Exception {
    try (Sink sink = type().open(receiver())) {
      return sink.send(batch);
    }
  }
}
