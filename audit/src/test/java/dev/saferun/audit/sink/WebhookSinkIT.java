package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import dev.saferun.audit.sink.Sink.Refused;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver verifies with the library that the authors of Standard Webhooks publish. */
class WebhookSinkIT extends NetworkSinkContract {

  private static final String SECRET = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5";
  private static final String OTHER = "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXI=";

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final FakeHttp http = new FakeHttp(this::answer);

  private volatile String verifiesWith = SECRET;
  private volatile String poison = "\u0000";
  private volatile int poisonStatus = 500;

  @AfterEach
  void stop() {
    http.close();
  }

  private FakeHttp.Answer answer(HttpExchange exchange, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      new Webhook(verifiesWith)
          .verify(text, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
    } catch (WebhookVerificationException | EmptyWebhookSecretException fault) {
      return FakeHttp.Answer.of(401, "");
    }
    if (text.contains(poison)) {
      return FakeHttp.Answer.of(poisonStatus, "{\"error\":\"I like it not\"}");
    }
    taken.add(text);
    ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
    return FakeHttp.Answer.of(204, "");
  }

  @Override
  SinkType type() {
    return Surroundings.type("webhook");
  }

  @Override
  SinkSettings receiver() {
    return settings(http.url() + "/hook?of=saferun", 30, Map.of("signing_secret", SECRET));
  }

  @Override
  SinkSettings at(int port) {
    return settings("http://127.0.0.1:" + port, 1, Map.of("signing_secret", SECRET));
  }

  private static SinkSettings settings(String url, long seconds, Map<String, String> secrets) {
    return new SinkSettings(
        Map.of("url", url, "allow_plaintext", true, "timeout_seconds", seconds), secrets);
  }

  @Override
  List<String> received(UUID organization, int count) {
    return taken.stream().filter(body -> body.contains(organization.toString())).toList();
  }

  @Override
  boolean knowsIds() {
    return false;
  }

  @Test
  void aResendHasTheSameIds() throws Exception {
    List<Message> batch = Messages.of(5);
    send(receiver(), batch);
    List<String> first = List.copyOf(ids);
    send(receiver(), batch);
    assertThat(ids.subList(5, 10)).isEqualTo(first);
    assertThat(first)
        .isEqualTo(batch.stream().map(message -> message.event().id().toString()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, OTHER})
  void bothSecretsSignWhileOneIsReplaced(String receivers) throws Exception {
    verifiesWith = receivers;
    Map<String, String> both = Map.of("signing_secret", OTHER, "previous_signing_secret", SECRET);
    assertThat(send(settings(http.url(), 30, both), Messages.of(3))).isEmpty();
  }

  @Test
  void aWrongSecretIsNotAccepted() {
    verifiesWith = OTHER;
    assertThatThrownBy(() -> send(receiver(), Messages.of(3)))
        .hasMessageContaining("does not accept the credentials (401)");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void whatIsWrongWithOneEventRefusesIt(int status) throws Exception {
    List<Message> batch = Messages.of(5);
    poison = batch.get(2).event().id().toString();
    poisonStatus = status;
    List<Refused> refused = send(receiver(), batch);
    assertThat(refused).extracting(Refused::index).containsExactly(2);
    assertThat(refused.getFirst().reason()).contains("" + status, "I like it not");
    assertThat(taken).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 401, 403, 404, 409, 410, 429, 500, 503})
  void whatIsWrongWithTheReceiverIsSentAgain(int status) {
    List<Message> batch = Messages.of(1);
    poison = batch.getFirst().event().id().toString();
    poisonStatus = status;
    assertThatThrownBy(() -> send(receiver(), batch))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("(" + status + ")")
        .hasMessageContaining(status == 410 ? "gone for good" : "");
  }

  @Test
  void afterAFaultItGoesOnWhereItStood() throws Exception {
    List<Message> batch = Messages.of(5);
    poison = batch.get(3).event().id().toString();
    try (Sink sink = type().open(receiver())) {
      assertThatThrownBy(() -> sink.send(batch)).isInstanceOf(SinkException.class);
      poison = "\u0000";
      assertThat(sink.send(batch)).isEmpty();
    }
    assertThat(taken).isEqualTo(Messages.bodies(batch));
  }

  private List<Refused> send(SinkSettings settings, List<Message> batch) throws Exception {
    try (Sink sink = type().open(settings)) {
      return sink.send(batch);
    }
  }
}
