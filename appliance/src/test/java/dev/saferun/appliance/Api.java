package dev.saferun.appliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A caller of the public API with one key.
 *
 * @param session what a browser sends in a session; none for one with a key
 */
record Api(URI base, String key, Map<String, String> session) {

  Api(URI base, String key) {
    this(base, key, Map.of());
  }

  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer: status, parsed body and headers. */
  record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }
  }

  Api with(String otherKey) {
    return new Api(base, otherKey);
  }

  /** In the session that a cookie was set for. */
  Api inSession(String setCookie) {
    String cookie = setCookie.substring(0, setCookie.indexOf(';'));
    Api bare = new Api(base, "", Map.of("Cookie", cookie));
    String csrf = bare.get("/v1/session").body().get("csrf_token").asText();
    return new Api(base, "", Map.of("Cookie", cookie, "X-CSRF-Token", csrf));
  }

  /** The same caller, of a server elsewhere. */
  Api at(URI otherBase) {
    return new Api(otherBase, key, session);
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Answer post(String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return send(request);
  }

  Answer put(String path, String body) {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer call(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    return send(request);
  }

  /** A call without a body. */
  Answer raw(String method, String path) {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Puts a rule's newest version in force as blocking. */
  Answer activate(String project, String environment, String rule) {
    return post(
        "/v1/projects/" + project + "/environments/" + environment + "/activations",
        """
        {"comment": "for a test", "rules": [{"rule": "%s", "state": "block"}],
         "override": {"reason": "for a test"}}"""
            .formatted(rule));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json");
    session.forEach(request::setHeader);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), parse(answer.body()), answer);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      return JSON.missingNode();
    }
  }
}
