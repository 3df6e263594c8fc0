package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.appliance.MalformedRequests.Malformed;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand malformed requests get an answer of their own fault each, while a healthy caller
 * goes on. Prints how long the slowest answer took and how the healthy ones did.
 */
class MalformedRequestsIT {

  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 4;
  private static final Duration HANGS = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong slowestNanos = new AtomicLong();

  @Test
  void eachIsAnsweredAsTheCallersFault() throws Exception {
    long seed = Long.getLong("saferun.malformed.seed", System.nanoTime());
    Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it").resolve("data");
    try (Appliance appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun.http.port", Ports.free(), "saferun.http.management-port", Ports.free()))) {
      Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      Api agent = RunningAppliance.agent(admin, "default", "production");
      AtomicBoolean over = new AtomicBoolean();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<List<Long>> healthy = threads.submit(() -> healthy(agent, over));
        sendAll(threads, admin, new MalformedRequests(seed));
        over.set(true);
        List<Long> took = healthy.get();
        Collections.sort(took);
        System.out.printf(
            "%,d malformed requests (seed %d): slowest answer %d ms; %,d healthy checks"
                + " meanwhile, p95 %.1f ms%n",
            REQUESTS,
            seed,
            slowestNanos.get() / 1_000_000,
            took.size(),
            took.get(took.size() * 95 / 100) / 1e6);
      }
    }
    assertThat(faults).as("answers of 5xx and none, seed %d", seed).isEmpty();
  }

  private void sendAll(ExecutorService threads, Api admin, MalformedRequests requests)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> senders = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      senders.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < REQUESTS; n = next.getAndIncrement()) {
                  Malformed request;
                  synchronized (requests) {
                    request = requests.next(n);
                  }
                  send(admin, request);
                }
              }));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
  }

  private void send(Api admin, Malformed request) {
    long begun = System.nanoTime();
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(admin.base().resolve(request.path() + request.query()))
              .timeout(HANGS)
              .header("Authorization", "Bearer " + admin.key())
              .method(request.method(), BodyPublishers.ofByteArray(request.body()));
      request.headers().forEach(builder::setHeader);
      HttpResponse<String> answer = answer(builder.build());
      if (answer.statusCode() >= 500 && !isBehind(answer)) {
        faults.add(answer.statusCode() + " " + request);
      }
    } catch (IOException fault) {
      faults.add(fault + " " + request);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    long took = System.nanoTime() - begun;
    slowestNanos.accumulateAndGet(took, Math::max);
  }

  /**
   * A server may close a connection after it refused what came by it, and the next request by the
   * same one then comes to nothing: that one is sent once more.
   */
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException hangs) {
      throw hangs;
    } catch (IOException closed) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  /** What was asked for may be among what is durable and not in the database yet: no fault. */
  private static boolean isBehind(HttpResponse<String> answer) {
    return answer.statusCode() == 503 && answer.body().contains("\"reads-behind\"");
  }

  private static List<Long> healthy(Api agent, AtomicBoolean over) throws InterruptedException {
    List<Long> took = new ArrayList<>();
    while (!over.get()) {
      long begun = System.nanoTime();
      Api.Answer answer =
          agent.post(
              "/v1/check-action",
              "{\"run_id\": \"%s\", \"action\": {\"tool\": \"mail.send\", \"arguments\": {}}}"
                  .formatted(UUID.randomUUID()));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      took.add(System.nanoTime() - begun);
      Thread.sleep(10);
    }
    return took;
  }
}
