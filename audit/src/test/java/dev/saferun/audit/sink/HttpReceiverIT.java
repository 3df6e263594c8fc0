package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all sinks over HTTP have in common, seen through one of them. */
class HttpReceiverIT {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Certificates certificates;

  @SuppressWarnings("NullAway.Init")
  private HttpsServer server;

  private @Nullable String cookie;

  @BeforeEach
  void start() throws Exception {
    certificates = Certificates.make(directory);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
    server.createContext(
        "/",
        exchange -> {
          cookie = exchange.getRequestHeaders().getFirst("Cookie");
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Set-Cookie", "a=b");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anOwnAuthorityIsTrustedAndNoCookieIsKept() throws Exception {
    try (Sink sink = open("127.0.0.1", certificates.authority())) {
      assertThat(sink.send(Messages.of(3))).isEmpty();
      assertThat(cookie).isNull();
    }
  }

  @Test
  void whomTheRuntimeDoesNotKnowIsNotTrusted() {
    assertThatThrownBy(() -> open("127.0.0.1", null).send(Messages.of(3)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TLS failed");
  }

  /** The address is pinned; the name is verified all the same. */
  @Test
  void aCertificateForAnotherNameIsNotTrusted() {
    assertThatThrownBy(
            () -> open("logs.example.com", certificates.authority()).send(Messages.of(3)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TLS failed");
  }

  private Sink open(String host, @Nullable Path authority) {
    Map<String, @Nullable Object> settings =
        authority == null
            ? Map.of("url", url(host))
            : Map.of("url", url(host), "ca", Certificates.text(authority));
    return Surroundings.type(
            "otlp",
            Surroundings.allowing(
                new FakeResolver().answering("logs.example.com", "127.0.0.1"), "127.0.0.1/32"))
        .open(Surroundings.settings(settings));
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort();
  }

  @Test
  void aWaitingSinkCanBeStopped() throws Exception {
    try (BadReceiver receiver = BadReceiver.start(BadReceiver.Manner.HANGS)) {
      SinkSettings settings =
          Surroundings.settings(
              Map.of("url", "http://127.0.0.1:" + receiver.port(), "allow_plaintext", true));
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Surroundings.type("otlp").open(settings).send(Messages.of(1));
                    } catch (SinkException | InterruptedException ended) {
                      outcome.complete(ended);
                    }
                  });
      Awaitility.await().until(() -> receiver.connections() > 0);
      sending.interrupt();
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }
}
