package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.sink.Sink.Refused;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OpenSearch. */
class ElasticsearchSinkIT extends NetworkSinkContract {

  private static final String KEY = "canary-api-key";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static int port;

  @SuppressWarnings("NullAway.Init")
  private static PeerProcess node;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    port = Surroundings.freePort();
    node =
        PeerProcess.start(
            directory,
            List.of(
                PeerFiles.java(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                PeerFiles.classPath("opensearch"),
                Path.of("src", "test", "peers", "OpenSearchNode.java").toAbsolutePath().toString(),
                Integer.toString(port),
                directory.toString()),
            Map.of(),
            port);
    call(
        "PUT",
        "/events",
        """
        {"settings": {"number_of_replicas": 0}, "mappings": {"properties": {
          "position": {"type": "long"}, "organization_id": {"type": "keyword"}}}}
        """);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Map<String, @Nullable Object> call(String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isLessThan(300);
    return StrictJson.parseObject(answer.body());
  }

  @Override
  SinkType type() {
    return Surroundings.type("elasticsearch");
  }

  @Override
  SinkSettings receiver() {
    return settings(port, "events", 30);
  }

  @Override
  SinkSettings at(int port) {
    return settings(port, "events", 1);
  }

  private static SinkSettings settings(int port, String index, long seconds) {
    return new SinkSettings(
        Map.of(
            "url",
            "http://127.0.0.1:" + port,
            "allow_plaintext",
            true,
            "index",
            index,
            "timeout_seconds",
            seconds),
        Map.of("api_key", KEY));
  }

  @Override
  List<String> received(UUID organization, int count) throws Exception {
    call("POST", "/events/_refresh", "");
    Map<String, @Nullable Object> answer =
        call(
            "POST",
            "/events/_search",
            """
            {"size": 10000, "sort": [{"position": "asc"}],
             "query": {"term": {"organization_id": "%s"}}}
            """
                .formatted(organization));
    List<String> bodies = new ArrayList<>();
    Map<?, ?> hits = (Map<?, ?>) Objects.requireNonNull(answer.get("hits"));
    for (Object hit : (List<?>) Objects.requireNonNull(hits.get("hits"))) {
      byte[] source = CanonicalJson.write(((Map<?, ?>) hit).get("_source"));
      bodies.add(new String(source, StandardCharsets.UTF_8));
    }
    return bodies;
  }

  @Override
  boolean knowsIds() {
    return true;
  }

  @Test
  void anEventThatCannotBeIndexedIsRefusedAndTheRestArrives() throws Exception {
    List<Message> batch = new ArrayList<>(Messages.of(5));
    Message wrong =
        new Message(
            batch.get(3).event(), "{\"position\":\"no number\"}".getBytes(StandardCharsets.UTF_8));
    batch.set(3, wrong);
    List<Refused> refused = send(receiver(), batch);
    assertThat(refused).extracting(Refused::index).containsExactly(3);
    assertThat(refused.getFirst().reason()).contains("(400)", "mapper_parsing_exception");
    assertThat(received(Messages.organization(batch), 4)).hasSize(4);
  }

  @Test
  void anIndexThatMayNotBeMadeIsAFault() throws Exception {
    call(
        "PUT",
        "/_cluster/settings",
        "{\"persistent\":{\"action.auto_create_index\":\"-missing*,+*\"}}");
    assertThatThrownBy(() -> send(settings(port, "missing", 30), Messages.of(2)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("(404)")
        .hasMessageContaining("index_not_found_exception");
  }

  @Test
  void anItemThatIsTurnedAwayForNowIsSentAgain() {
    String busy =
        "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}},{\"create\":{\"status\":429,"
            + "\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\""
            + KEY
            + "\"}}}]}";
    try (FakeHttp http = new FakeHttp((exchange, body) -> FakeHttp.Answer.of(200, busy))) {
      SinkSettings settings = settings(URI.create(http.url()).getPort(), "events", 5);
      assertThatThrownBy(() -> send(settings, Messages.of(2)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("busy (429): es_rejected_execution_exception")
          .hasMessageNotContaining(KEY);
    }
  }

  @Test
  void aPasswordIsToldInNoForm() {
    SinkSettings basic =
        new SinkSettings(
            Map.of(
                "url",
                "http://127.0.0.1:1",
                "allow_plaintext",
                true,
                "index",
                "events",
                "username",
                "alice"),
            Map.of("password", "canary"));
    try (FakeHttp http =
        new FakeHttp(
            (exchange, body) ->
                FakeHttp.Answer.of(
                    200,
                    "{\"items\":[{\"create\":{\"status\":403,\"error\":{\"type\":\"not "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + "\"}}}]}"))) {
      Map<String, @Nullable Object> settings = new HashMap<>(basic.settings());
      settings.put("url", http.url());
      assertThatThrownBy(() -> send(new SinkSettings(settings, basic.secrets()), Messages.of(1)))
          .hasMessage("the receiver does not accept the credentials (403): not Basic [REDACTED]");
    }
  }

  @Test
  void textBecomesADocument() throws Exception {
    Message cef =
        new Message(Messages.of(1).getFirst().event(), "CEF:0|ü".getBytes(StandardCharsets.UTF_8));
    assertThat(send(receiver(), List.of(cef))).isEmpty();
    Map<String, @Nullable Object> found = call("GET", "/events/_doc/" + cef.event().id(), "");
    assertThat(found).containsEntry("_source", Map.of("message", "CEF:0|ü"));
  }

  private List<Refused> send(SinkSettings settings, List<Message> batch) throws Exception {
    try (Sink sink = type().open(settings)) {
      return sink.send(batch);
    }
  }
}
