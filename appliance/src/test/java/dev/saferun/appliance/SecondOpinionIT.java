package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of the customer's own beside the whole appliance, after the answer and before it. */
class SecondOpinionIT {

  private static final String PREFIX = "saferun.evaluator.second-opinion.";
  private static final String NOT_ASKED_FOR =
      "{\"score\":1,\"sentence\":\"Nobody asked for 4111 1111 1111 1111.\",\"model\":\"judge-1\"}";
  private static final Duration COMES_WITHIN = Duration.ofSeconds(20);

  @TempDir private Path parent;

  private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer model;
  private volatile int status = 200;
  private volatile boolean hangs;

  @BeforeEach
  void startTheModel() throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.setExecutor(threads);
    model.createContext("/judge", this::answer);
    model.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      questions.add(Api.JSON.readTree(exchange.getRequestBody().readAllBytes()));
      if (hangs) {
        goesOn.await();
      }
      byte[] answer = NOT_ASKED_FOR.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stopTheModel() {
    goesOn.countDown();
    model.stop(0);
    threads.shutdownNow();
  }

  @Test
  void afterTheAnswerItNeverDelaysAndBecomesANote() throws Exception {
    try (Running running = start("after", "20s")) {
      hangs = true;
      JsonNode answer = running.check("r", "{\"note\":\"4111 1111 1111 1111\"}", null);
      assertThat(answer.get("effect").asText()).isEqualTo("proceed");
      awaitQuestions(1);
      assertThat(running.frames("r").size()).isEqualTo(1);

      goesOn.countDown();

      JsonNode note = running.awaitFrame("r", 2);
      assertThat(note.get("kind").asText()).isEqualTo("note");
      assertThat(note.at("/content/about").asText()).isEqualTo(answer.get("decision_id").asText());
      assertThat(note.at("/content/second_opinion/outcome").asText()).isEqualTo("given");
      assertThat(note.at("/content/second_opinion/score").asDouble()).isEqualTo(1);
      assertThat(note.at("/content/second_opinion/model").asText()).isEqualTo("judge-1");
      assertThat(note.at("/content/second_opinion/sentence").asText())
          .as("in production, prose is sealed")
          .startsWith("tok_text_");
      assertThat(questions.getFirst().at("/action/arguments/note").asText())
          .as("asked as the agent sent it")
          .isEqualTo("4111 1111 1111 1111");
      assertThat(running.isProven(answer)).isTrue();
      assertThat(running.metrics())
          .contains("saferun_intent_second_opinions_total{outcome=\"given\"} 1");

      status = 500;
      running.check("failing", "{}", null);
      assertThat(running.awaitFrame("failing", 2).at("/content/second_opinion/outcome").asText())
          .isEqualTo("refused");
      running.check("failing", "{}", null);
      assertThat(running.awaitFrame("failing", 3).get("kind").asText()).isEqualTo("action");

      running.put("{\"on\": false}");
      int asked = questions.size();
      running.check("off", "{}", null);
      assertThat(questions).as("only what the Intent Guard judges").hasSize(asked);
    }
  }

  @Test
  void beforeTheDecisionItCountsAndStandsInTheFrame() throws Exception {
    try (Running running = start("before", "2s")) {
      JsonNode stopped = running.check("r", "{}", "key-1");
      assertThat(running.check("r", "{}", "key-1")).isEqualTo(stopped);
      assertThat(questions).as("a retry asks nobody").hasSize(1);

      assertThat(stopped.get("effect").asText()).isEqualTo("stop");
      assertThat(stopped.at("/intent/score").asDouble()).isGreaterThan(0.9);
      assertThat(stopped.at("/reasons/0/details/signal").asText()).isEqualTo("second_opinion");
      assertThat(stopped.at("/reasons/0/message").asText())
          .isEqualTo("The customer's own model considers this call not asked for.");
      JsonNode frame = running.awaitFrame("r", 1);
      assertThat(frame.at("/run/intent/features/second_opinion").asDouble()).isEqualTo(1);
      assertThat(frame.at("/run/intent/second_opinion").asText()).isEqualTo("given");
      assertThat(frame.at("/second_opinion/model").asText()).isEqualTo("judge-1");
      assertThat(frame.toString()).contains("Nobody asked for").doesNotContain("4111");
      assertThat(running.isProven(stopped)).isTrue();
      assertThat(questions).as("a proof asks nobody").hasSize(1);

      status = 503;
      JsonNode refused = running.check("refused", "{}", null);
      assertThat(refused.get("effect").asText()).isEqualTo("proceed");
      assertThat(running.awaitFrame("refused", 1).at("/second_opinion").toString())
          .isEqualTo("{\"detail\":\"HTTP status 503\",\"outcome\":\"refused\"}");

      hangs = true;
      JsonNode timedOut = running.check("late", "{}", null);
      assertThat(timedOut.get("effect").asText()).isEqualTo("proceed");
      assertThat(timedOut.at("/intent/score")).isEqualTo(refused.at("/intent/score"));
      assertThat(running.awaitFrame("late", 1).at("/run/intent/second_opinion").asText())
          .isEqualTo("timed_out");
      assertThat(running.isProven(timedOut)).isTrue();
      assertThat(running.metrics())
          .contains("saferun_intent_second_opinions_total{outcome=\"given\"} 1")
          .contains("saferun_intent_second_opinions_total{outcome=\"refused\"} 1")
          .contains("saferun_intent_second_opinions_total{outcome=\"timed_out\"} 1");
    }
  }

  @Test
  void aWrongSettingRefusesToStartAndIsNamed() {
    Map<String, Object> settings = Map.of(PREFIX + "url", "https://me:pw@judge.example/");

    assertThatThrownBy(() -> Appliance.start(parent.resolve("data"), settings).close())
        .rootCause()
        .hasMessage(PREFIX + "url must hold no user; use the token");
  }

  private void awaitQuestions(int count) {
    await().atMost(COMES_WITHIN).untilAsserted(() -> assertThat(questions).hasSize(count));
  }

  private Running start(String when, String timeout) throws IOException {
    Path data = parent.resolve("data");
    int managementPort = Ports.free();
    Appliance appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun.http.port",
                Ports.free(),
                "saferun.http.management-port",
                managementPort,
                PREFIX + "url",
                "http://127.0.0.1:" + model.getAddress().getPort() + "/judge",
                PREFIX + "when",
                when,
                PREFIX + "timeout",
                timeout));
    Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
    return new Running(
        appliance,
        new Api(URI.create("http://127.0.0.1:" + managementPort), ""),
        admin,
        RunningAppliance.agent(admin, "default", "production"));
  }

  private record Running(Appliance appliance, Api management, Api admin, Api agent)
      implements AutoCloseable {

    JsonNode check(String run, String arguments, @Nullable String idempotencyKey) {
      String body =
          "{\"run_id\":\"%s\",\"action\":{\"tool\":\"pay.look\",\"arguments\":%s}}"
              .formatted(run, arguments);
      Api.Answer answer =
          agent.post(
              "/v1/check-action",
              body.getBytes(StandardCharsets.UTF_8),
              idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      return answer.body();
    }

    void put(String guard) {
      Api.Answer answer = admin.put("/v1/projects/default/intent-guard", guard);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    JsonNode frames(String run) {
      return admin.get("/v1/runs/" + run).body().path("frames");
    }

    JsonNode awaitFrame(String run, long number) {
      return await()
          .atMost(COMES_WITHIN)
          .until(
              () -> admin.get("/v1/runs/" + run + "/frames/" + number),
              answer -> answer.status() == 200)
          .body();
    }

    boolean isProven(JsonNode decision) {
      String path = "/v1/decisions/" + decision.get("decision_id").asText() + "/verify";
      return admin.post(path, "").body().path("result").asText().equals("proven");
    }

    String metrics() {
      return management.get("/metrics").text();
    }

    @Override
    public void close() {
      appliance.close();
    }
  }
}
