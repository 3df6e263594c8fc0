package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.sink.Sink.Refused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real Kafka. */
class KafkaSinkIT extends NetworkSinkContract {

  @SuppressWarnings("NullAway.Init")
  private static KafkaBroker broker;

  @SuppressWarnings("NullAway.Init")
  private static Certificates certificates;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    certificates = Certificates.make(directory);
    broker = KafkaBroker.start(directory, certificates);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  SinkType type() {
    return Surroundings.type("kafka");
  }

  @Override
  SinkSettings receiver() {
    return settings(broker.plain(), KafkaBroker.TOPIC, 30);
  }

  @Override
  SinkSettings at(int port) {
    return settings("127.0.0.1:" + port, KafkaBroker.TOPIC, 1);
  }

  private static SinkSettings settings(String server, String topic, long seconds) {
    return Surroundings.settings(
        Map.of(
            "bootstrap_servers",
            List.of(server),
            "topic",
            topic,
            "transport",
            "tcp",
            "allow_plaintext",
            true,
            "timeout_seconds",
            seconds));
  }

  private static SinkSettings secure(String mechanism, String password, Certificates trusted) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("bootstrap_servers", List.of(broker.secure()));
    settings.put("topic", KafkaBroker.TOPIC);
    settings.put("ca", Certificates.text(trusted.authority()));
    settings.put("sasl_mechanism", mechanism);
    settings.put("username", KafkaBroker.USER);
    settings.put("timeout_seconds", 10L);
    settings.put("compression", "gzip");
    return new SinkSettings(settings, Map.of("password", password));
  }

  @Override
  List<String> received(UUID organization, int count) {
    return broker.records(organization).stream().map(ConsumerRecord::value).toList();
  }

  @Override
  boolean knowsIds() {
    return false;
  }

  @Test
  void aRecordCarriesItsIdAndTime() throws Exception {
    List<Message> batch = Messages.of(1);
    send(receiver(), batch);
    ConsumerRecord<String, String> record = broker.records(Messages.organization(batch)).getFirst();
    assertThat(record.timestamp()).isEqualTo(batch.getFirst().event().at().toEpochMilli());
    assertThat(new String(record.headers().lastHeader("event_id").value(), StandardCharsets.UTF_8))
        .isEqualTo(batch.getFirst().event().id().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "PLAIN"})
  void aUserIsKnownOverTls(String mechanism) throws Exception {
    List<Message> batch = Messages.of(100);
    assertThat(send(secure(mechanism, KafkaBroker.PASSWORD, certificates), batch)).isEmpty();
    assertThat(received(Messages.organization(batch), 100)).isEqualTo(Messages.bodies(batch));
  }

  @Test
  void aWrongPasswordIsTold() {
    assertThatThrownBy(
            () -> send(secure("SCRAM-SHA-256", "canary-wrong", certificates), Messages.of(1)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("does not accept the credentials");
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted(@TempDir Path other) throws Exception {
    SinkSettings settings = secure("PLAIN", KafkaBroker.PASSWORD, Certificates.make(other));
    assertThatThrownBy(() -> send(settings, Messages.of(1)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TLS failed");
  }

  @Test
  void aTopicThatIsNotThereIsTold() {
    assertThatThrownBy(() -> send(settings(broker.plain(), "nothing", 3), Messages.of(1)))
        .isInstanceOf(SinkException.class);
  }

  @Test
  void anEventThatIsTooLargeIsRefusedAlone() throws Exception {
    List<Message> batch = new ArrayList<>(Messages.of(5));
    batch.set(2, new Message(batch.get(2).event(), new byte[200_000]));
    assertThat(send(settings(broker.plain(), "small", 30), batch))
        .extracting(Refused::index)
        .containsExactly(2);
  }

  /** The first server may be called; the cluster says of itself that it is somewhere else. */
  @Test
  void aBrokerThatTheClusterNamesIsJudgedToo() {
    SinkSurroundings surroundings =
        Surroundings.allowing(
            new FakeResolver().answering("kafka.example.com", "127.0.0.2"), "127.0.0.2/32");
    int port = Integer.parseInt(broker.plain().substring("127.0.0.1:".length()));
    List<Message> batch = Messages.of(10);
    try (Relay relay = Relay.start("127.0.0.2", port)) {
      SinkSettings settings = settings("kafka.example.com:" + relay.port(), KafkaBroker.TOPIC, 5);
      assertThatThrownBy(() -> Surroundings.type("kafka", surroundings).open(settings).send(batch))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("names a broker at an address");
      assertThat(relay.connections()).isPositive();
      assertThat(broker.records(Messages.organization(batch))).isEmpty();
    }
  }

  private List<Refused> send(SinkSettings settings, List<Message> batch) throws Exception {
    try (Sink sink = type().open(settings)) {
      return sink.send(batch);
    }
  }
}
