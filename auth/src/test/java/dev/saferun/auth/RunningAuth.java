package dev.saferun.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saferun.platform.Transaction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** This module and those below it, on a real database and a real port. */
final class RunningAuth implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private final ApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final Caller operator;

  private RunningAuth(ApplicationContext context, String base, String key) {
    this.context = context;
    this.base = base;
    this.operator = new Caller(this, Map.of("Authorization", "Bearer " + key));
  }

  static RunningAuth start(Path data) throws IOException {
    int port = freePort();
    String base = "http://127.0.0.1:" + port;
    Map<String, Object> settings = new HashMap<>();
    settings.put("saferun.data-dir", data.toString());
    settings.put("micronaut.server.host", "127.0.0.1");
    settings.put("micronaut.server.port", port);
    settings.put("saferun.auth.public-url", base);
    settings.put("saferun.auth.allowed-addresses", List.of("127.0.0.1/32"));
    settings.put("jackson.property-naming-strategy", "SNAKE_CASE");
    settings.put("jackson.serialization-inclusion", "NON_NULL");
    ApplicationContext context = ApplicationContext.run(settings);
    context.getBean(EmbeddedServer.class).start();
    String key =
        Transaction.join(context.getBean(Bootstrap.class).firstStart(false)).orElseThrow().secret();
    return new RunningAuth(context, base, key);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String base() {
    return base;
  }

  TestClock clock() {
    return context.getBean(TestClock.class);
  }

  /** The operator's key of the first organization. */
  Caller operator() {
    return operator;
  }

  Caller anybody() {
    return new Caller(this, Map.of());
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }

  /** An answer: status, parsed body and headers. */
  record Answer(int status, JsonNode body, HttpResponse<String> raw) {

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    Answer expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError(
            "status " + status + " and not " + wanted + ": " + raw.uri() + " " + raw.body());
      }
      return this;
    }
  }

  /** Somebody who calls, with what it brings. */
  record Caller(RunningAuth auth, Map<String, String> headers) {

    Caller with(String name, String value) {
      Map<String, String> all = new HashMap<>(headers);
      all.put(name, value);
      return new Caller(auth, all);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    Caller withToken(String token) {
      return new Caller(auth, Map.of("Authorization", "Bearer " + token));
    }

    Answer get(String path) {
      return call("GET", path, "");
    }

    Answer post(String path, String body) {
      return call("POST", path, body);
    }

    Answer put(String path, String body) {
      return call("PUT", path, body);
    }

    Answer delete(String path) {
      return call("DELETE", path, "");
    }

    Answer call(String method, String path, String body) {
      return auth.send(auth.http, method, path, body, headers);
    }

    /** From another address of this machine. */
    Answer postFrom(String address, String path, String body) {
      try (HttpClient other =
          HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build()) {
        return auth.send(other, "POST", path, body, headers);
      }
    }

    String organization() {
      return get("/v1/session").expect(200).body().get("organization_id").asText();
    }
  }

  private Answer send(
      HttpClient client, String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), parse(answer.body()), answer);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      return JSON.missingNode();
    }
  }

  /** A member with a role everywhere; the id. */
  String member(String userName, String role) {
    return operator
        .post("/v1/members", "{\"user_name\": \"%s\", \"role\": \"%s\"}".formatted(userName, role))
        .expect(201)
        .body()
        .get("id")
        .asText();
  }

  /** A member who can sign in by a break-glass account. */
  Person person(String role) {
    String name = "p" + UUID.randomUUID();
    String id = member(name, role);
    return person(id, name);
  }

  Person person(String id, String name) {
    String password = "correct horse battery " + name;
    JsonNode made =
        operator
            .put("/v1/break-glass/" + id, "{\"password\": \"" + password + "\"}")
            .expect(201)
            .body();
    return new Person(
        this,
        id,
        name,
        password,
        made.get("totp_secret").asText(),
        made.get("sign_in_at").asText());
  }

  /** A member with a break-glass account. */
  record Person(
      RunningAuth auth, String id, String name, String password, String secret, String signInAt) {

    String credentials(String code) {
      return "{\"user_name\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}"
          .formatted(name, password, code);
    }

    String code() {
      try {
        TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
        Instant now = auth.clock().instant();
        return codes.generateOneTimePasswordString(
            new SecretKeySpec(new Base32().decode(secret), codes.getAlgorithm()), now);
      } catch (InvalidKeyException fault) {
        throw new IllegalStateException(fault);
      }
    }

    /** In a session, with what a page of ours sends. */
    Caller signIn() {
      Answer answer = auth.anybody().post(signInAt, credentials(code())).expect(200);
      return session(answer.header("Set-Cookie"));
    }

    Caller session(String setCookie) {
      Caller session =
          auth.anybody().with("Cookie", setCookie.substring(0, setCookie.indexOf(';')));
      String csrf = session.get("/v1/session").expect(200).body().get("csrf_token").asText();
      return session.with("X-CSRF-Token", csrf);
    }
  }
}
