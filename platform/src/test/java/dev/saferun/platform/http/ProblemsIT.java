package dev.saferun.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemsIT {

  private static EmbeddedServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "spec.problems",
                true,
                "micronaut.server.port",
                -1,
                "micronaut.server.max-request-size",
                "1KB"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRefusalOfAModule() throws Exception {
    HttpResponse<byte[]> answer = send(get("/sample/refused").header("X-Request-Id", "mine-1"));
    Map<String, Object> problem = problem(answer, 409, "conflict");
    assertThat(problem)
        .containsEntry("pointer", "/a")
        .containsEntry("detail", "it is taken")
        .containsEntry("title", CommonProblem.CONFLICT.title())
        .containsEntry("request_id", "mine-1");
    problem(send(get("/sample/later")), 409, "conflict");
  }

  @Test
  void anUnexpectedFaultTellsNothing() throws Exception {
    HttpResponse<byte[]> answer = send(get("/sample/fault"));
    problem(answer, 500, "internal");
    assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("4111111111111111");
  }

  @Test
  void whatTheServerRefuses() throws Exception {
    problem(send(get("/sample/none")), 404, "not-found");
    problem(send(get("/sample/number?value=secret")), 400, "invalid-parameter");
    problem(send(get("/sample/number")), 400, "invalid-parameter");
    HttpRequest.Builder wrongMethod =
        request("/sample/refused").POST(HttpRequest.BodyPublishers.noBody());
    HttpResponse<byte[]> notAllowed = send(wrongMethod);
    problem(notAllowed, 405, "method-not-allowed");
    assertThat(notAllowed.headers().firstValue("Allow")).isPresent();
    problem(send(post("text/csv", "a")), 415, "unsupported-media-type");
    problem(send(post("application/json", "x".repeat(5_000))), 413, "body-too-large");
  }

  @Test
  void everyAnswerHasARequestId() throws Exception {
    HttpResponse<byte[]> answer = send(get("/sample/number?value=7").header("X-Request-Id", "a b"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).hasSize(36);
    assertThat(
            send(get("/sample/number?value=7").header("X-Request-Id", "ok-1"))
                .headers()
                .allValues("X-Request-Id"))
        .containsExactly("ok-1");
  }

  private static Map<String, Object> problem(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    Map<String, Object> problem = StrictJson.parseObject(answer.body());
    assertThat(problem)
        .containsEntry("type", "https://saferun.dev/problems/" + code)
        .containsEntry("code", code)
        .containsEntry("status", (long) status)
        .containsKeys("title", "detail")
        .containsEntry("request_id", answer.headers().firstValue("X-Request-Id").orElseThrow());
    return problem;
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURL() + path));
  }

  private static HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private static HttpRequest.Builder post(String type, String body) {
    return request("/sample/body")
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Requires(property = "spec.problems")
  @Controller("/sample")
  static class SampleController {

    @Get("/refused")
    String refused() {
      throw new ProblemException(CommonProblem.CONFLICT, "it is taken", "/a");
    }

    @Get("/later")
    CompletionStage<String> later() {
      return CompletableFuture.supplyAsync(this::refused).thenApply(text -> text);
    }

    @Get("/fault")
    CompletionStage<String> fault() {
      return CompletableFuture.failedStage(new IllegalStateException("card 4111111111111111"));
    }

    @Get("/number")
    String number(@QueryValue int value) {
      return Integer.toString(value);
    }

    @Post("/body")
    String body(@Body byte[] body) {
      return Integer.toString(body.length);
    }
  }
}
