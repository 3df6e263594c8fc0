package dev.saferun.appliance.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * An agent that never tires: checks actions at a steady rate, keeps what it was answered, and can
 * look every answer up again. An answer counts from the moment that its last byte was read.
 */
final class CheckDriver implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLS_A_RUN = 20;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ApplianceProcess appliance;
  private final String key;
  private final String runPrefix;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final Map<String, JsonNode> answered = new ConcurrentHashMap<>();
  private final Histogram latencyMicros = new ConcurrentHistogram(60_000_000, 3);

  CheckDriver(ApplianceProcess appliance, String key, String runPrefix) {
    this.appliance = appliance;
    this.key = key;
    this.runPrefix = runPrefix;
  }

  /** Makes an agent's key for an environment of the default project. */
  static String agentKey(ApplianceProcess appliance, String environment)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                appliance.uri("/v1/projects/default/environments/" + environment + "/keys"))
            .header("Authorization", "Bearer " + appliance.adminKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"driver\"}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("no agent key: " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body()).get("key").asText();
  }

  void start(int perSecond) {
    running.set(true);
    Thread.ofPlatform().daemon().name("check-driver").start(() -> pace(perSecond));
  }

  private void pace(int perSecond) {
    long gapNanos = 1_000_000_000L / perSecond;
    long next = System.nanoTime();
    while (running.get()) {
      threads.execute(this::check);
      next += gapNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void check() {
    long number = sent.incrementAndGet();
    inFlight.incrementAndGet();
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer =
          http.send(request(number), HttpResponse.BodyHandlers.ofString());
      latencyMicros.recordValue(Math.min((System.nanoTime() - start) / 1_000, 60_000_000));
      keep(answer);
    } catch (IOException away) {
      failed.incrementAndGet();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void keep(HttpResponse<String> answer) throws IOException {
    JsonNode body = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.nullNode();
    if (body.path("recorded").asBoolean()) {
      answered.put(body.get("decision_id").asText(), body);
    } else {
      failed.incrementAndGet();
    }
  }

  private HttpRequest request(long number) {
    ObjectNode body = JSON.createObjectNode();
    body.put("run_id", runPrefix + number / CALLS_A_RUN).put("step", number % CALLS_A_RUN);
    body.putObject("agent").put("name", "driver").put("version", "1").put("model", "none");
    body.putObject("action").put("tool", "orders.read").putObject("arguments").put("order", number);
    body.putObject("context").put("user_request", "read order " + number);
    return HttpRequest.newBuilder(appliance.uri("/v1/check-action"))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  /** Stops sending and waits for what is under way. */
  void stop() {
    running.set(false);
    while (inFlight.get() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  long sent() {
    return sent.get();
  }

  long failed() {
    return failed.get();
  }

  int answered() {
    return answered.size();
  }

  Histogram latencyMicros() {
    return latencyMicros;
  }

  /** What became of the answers. */
  record Audit(long lost, long changed, long doubled) {
    boolean clean() {
      return lost == 0 && changed == 0 && doubled == 0;
    }
  }

  /** Looks every answered decision up again and compares it with what was answered. */
  Audit audit() throws IOException, InterruptedException {
    long lost = 0;
    long changed = 0;
    Map<String, String> byFrame = new HashMap<>();
    long doubled = 0;
    for (Map.Entry<String, JsonNode> entry : answered.entrySet()) {
      HttpResponse<String> found = get("/v1/decisions/" + entry.getKey());
      if (found.statusCode() == 404) {
        lost++;
      } else if (!same(entry.getValue(), JSON.readTree(found.body()))) {
        changed++;
      }
      String frame =
          entry.getValue().get("run_id").asText() + "#" + entry.getValue().get("frame").asLong();
      if (byFrame.put(frame, entry.getKey()) != null) {
        doubled++;
      }
    }
    return new Audit(lost, changed, doubled);
  }

  private static boolean same(JsonNode answer, JsonNode found) {
    for (String field :
        new String[] {
          "run_id", "frame", "verdict", "effect", "mode", "reasons", "policy_snapshot"
        }) {
      if (!answer.path(field).equals(found.path(field))) {
        return false;
      }
    }
    return true;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(appliance.uri(path))
            .header("Authorization", "Bearer " + key)
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200 && answer.statusCode() != 404) {
      throw new IOException(
          "GET " + path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer;
  }

  @Override
  public void close() {
    running.set(false);
    threads.shutdownNow();
    http.close();
  }
}
