package dev.saferun.appliance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load generator against a server that counts, so that what it reports can be checked. */
class LoadGeneratorIT {

  private final AtomicLong received = new AtomicLong();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ok", exchange -> answer(exchange, 200));
    server.createContext("/refused", exchange -> answer(exchange, 429));
    server.start();
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    received.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyAnswerIsCountedOnceAndRefusalsApart() throws IOException {
    LoadGenerator.Result good = load("/ok");
    assertThat(good.answers()).isPositive().isBetween(received.get() - 4, received.get());
    assertThat(good.refused()).isZero();
    assertThat(good.p50Millis()).isPositive();

    LoadGenerator.Result bad = load("/refused");
    assertThat(bad.refused()).isPositive().isEqualTo(bad.answers());
  }

  private LoadGenerator.Result load(String path) throws IOException {
    PreparedRequests requests = Requests.post(path, "key", number -> Requests.small("r", number));
    return LoadGenerator.closedLoop(server.getAddress(), requests, 4, Duration.ofMillis(300));
  }
}
