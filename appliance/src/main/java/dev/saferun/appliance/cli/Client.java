package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller of one server's API with one key. What the server refuses is a {@link CommandFailed} in
 * its own words.
 */
final class Client {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;
  private final String key;

  Client(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** An answer: its status and its body, a missing node where that is not JSON. */
  record Answer(int status, JsonNode body) {}

  /** The server and key that the environment names; the first start's key where it names none. */
  static Client fromEnvironment() {
    return new Client(
        URI.create(System.getenv().getOrDefault("SAFERUN_URL", "http://127.0.0.1:8080")),
        keyFromEnvironment());
  }

  private static String keyFromEnvironment() {
    String key = System.getenv("SAFERUN_API_KEY");
    Path file = Path.of(System.getenv().getOrDefault("SAFERUN_DATA_DIR", "data"), "bootstrap-key");
    if (key != null || !Files.isReadable(file)) {
      return key == null ? "" : key.strip();
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException fault) {
      throw new CommandFailed(
          CommandFailed.USAGE, "the key in " + file + " cannot be read: set SAFERUN_API_KEY");
    }
  }

  URI base() {
    return base;
  }

  String key() {
    return key;
  }

  Client with(String otherKey) {
    return new Client(base, otherKey);
  }

  JsonNode get(String path) {
    return expect(call("GET", path, null), path);
  }

  /** An answer that is not one JSON document, as it is. */
  String getText(String path) {
    return new String(getBytes(path), StandardCharsets.UTF_8);
  }

  /** An answer that is no text. */
  byte[] getBytes(String path) {
    HttpResponse<byte[]> answer = send("GET", path, null);
    expect(new Answer(answer.statusCode(), parse(answer.body())), path);
    return answer.body();
  }

  JsonNode post(String path, JsonNode body) {
    return expect(call("POST", path, body), path);
  }

  JsonNode put(String path, JsonNode body) {
    return expect(call("PUT", path, body), path);
  }

  /** The answer as it is, whatever its status. */
  Answer call(String method, String path, @Nullable JsonNode body) {
    HttpResponse<byte[]> answer = send(method, path, body);
    return new Answer(answer.statusCode(), parse(answer.body()));
  }

  private HttpResponse<byte[]> send(String method, String path, @Nullable JsonNode body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.toString());
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException fault) {
      throw new CommandFailed(
          CommandFailed.NO_SERVER,
          "no server answers at " + base + " (SAFERUN_URL): is it started?");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(CommandFailed.PROBLEM, "interrupted");
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static JsonNode expect(Answer answer, String path) {
    if (answer.status >= 200 && answer.status < 300) {
      return answer.body;
    }
    String where = answer.body.path("pointer").asText("");
    String detail =
        (where.isEmpty() ? "" : where + ": ") + answer.body.path("detail").asText("no detail");
    throw new CommandFailed(
        CommandFailed.PROBLEM,
        path
            + " answered "
            + answer.status
            + " "
            + answer.body.path("code").asText()
            + ": "
            + detail);
  }

  /** One segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
