package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.sink.Sink.Refused;
import dev.saferun.platform.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against {@link FakeSplunk}, for lack of a real one. */
class SplunkSinkIT extends NetworkSinkContract {

  private final FakeSplunk splunk = new FakeSplunk();

  @AfterEach
  void stop() {
    splunk.close();
  }

  @Override
  SinkType type() {
    return Surroundings.type("splunk_hec");
  }

  @Override
  SinkSettings receiver() {
    return settings(
        Map.of("url", splunk.url(), "allow_plaintext", true, "acknowledgement_seconds", 2L));
  }

  @Override
  SinkSettings at(int port) {
    return settings(
        Map.of("url", "http://127.0.0.1:" + port, "allow_plaintext", true, "timeout_seconds", 1L));
  }

  private static SinkSettings settings(Map<String, @Nullable Object> settings) {
    return new SinkSettings(settings, Map.of("token", FakeSplunk.TOKEN));
  }

  @Override
  List<String> received(UUID organization, int count) {
    return splunk.indexed().stream()
        .map(event -> new String(CanonicalJson.write(event.get("event")), StandardCharsets.UTF_8))
        .filter(body -> body.contains(organization.toString()))
        .toList();
  }

  @Override
  boolean knowsIds() {
    return false;
  }

  @Test
  void anEventCarriesItsTimeAndId() throws Exception {
    List<Message> batch = Messages.of(1);
    send(batch);
    Map<String, @Nullable Object> event = splunk.indexed().getFirst();
    assertThat(event)
        .containsEntry("time", 1795860000.123)
        .containsEntry("host", "appliance.example.com")
        .containsEntry(
            "fields",
            Map.of("event_id", batch.getFirst().event().id().toString(), "position", "0"));
  }

  @Test
  void whatIsTakenButNotIndexedIsNotDelivered() {
    splunk.questionsBeforeYes = -1;
    assertThatThrownBy(() -> send(Messages.of(3)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("did not index them within 2 s");
    assertThat(splunk.indexed()).isEmpty();
  }

  @Test
  void aTokenWithoutAcknowledgementIsToldUnlessThatIsWanted() throws Exception {
    splunk.acknowledges = false;
    assertThatThrownBy(() -> send(Messages.of(3)))
        .hasMessageContaining("indexer acknowledgement off");
    try (Sink sink =
        type()
            .open(
                settings(
                    Map.of(
                        "url", splunk.url(), "allow_plaintext", true, "acknowledgement", false)))) {
      assertThat(sink.send(Messages.of(3))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, 1, the token is disabled",
    "401, 2, does not know the token",
    "401, 3, does not know the token",
    "403, 4, does not know the token",
    "400, 7, may not write to this index",
    "400, 10, the channel",
    "400, 11, the channel",
    "400, 14, acknowledgement off",
    "500, 8, failed or refused",
    "503, 9, busy",
    "429, 26, busy",
    "400, 5, failed or refused"
  })
  void eachCodeHasItsReason(int status, int code, String reason) {
    splunk.instead =
        FakeHttp.Answer.of(status, "{\"text\":\"" + FakeSplunk.TOKEN + "\",\"code\":" + code + "}");
    assertThatThrownBy(() -> send(Messages.of(3)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining(FakeSplunk.TOKEN);
  }

  @ParameterizedTest
  @CsvSource({"6", "12", "13", "15"})
  void anEventThatCannotBeTakenIsRefusedAndTheRestArrives(int code) throws Exception {
    List<Message> batch = Messages.of(10);
    splunk.poison = batch.get(4).event().id().toString();
    splunk.poisonCode = code;
    List<Refused> refused = send(batch);
    assertThat(refused).extracting(Refused::index).containsExactly(4);
    assertThat(refused.getFirst().reason()).contains("[REDACTED]").doesNotContain(FakeSplunk.TOKEN);
    assertThat(splunk.indexed()).hasSize(9);
  }

  @Test
  void textIsSentAsText() throws Exception {
    Message cef =
        new Message(
            Messages.of(1).getFirst().event(),
            "CEF:0|SafeRun|\"x\"|ü".getBytes(StandardCharsets.UTF_8));
    send(List.of(cef));
    assertThat(splunk.indexed().getFirst()).containsEntry("event", "CEF:0|SafeRun|\"x\"|ü");
  }

  @Test
  void aBusyReceiverSaysForHowLong() {
    try (FakeHttp busy =
        new FakeHttp(
            (exchange, body) -> {
              exchange.getResponseHeaders().set("Retry-After", "17");
              return FakeHttp.Answer.of(503, "{\"code\":9}");
            })) {
      SinkSettings settings = settings(Map.of("url", busy.url(), "allow_plaintext", true));
      assertThatThrownBy(() -> type().open(settings).send(Messages.of(1)))
          .extracting(fault -> ((SinkException) fault).retryAfter())
          .isEqualTo(Duration.ofSeconds(17));
    }
  }

  private List<Refused> send(List<Message> batch) throws Exception {
    try (Sink sink = type().open(receiver())) {
      return sink.send(batch);
    }
  }
}
