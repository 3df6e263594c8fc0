package dev.saferun.appliance.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Puts the journal on a small tmpfs, fills that disk, and watches: production stops, development
 * proceeds and says that it was not recorded, health and metrics show it, and all of it heals when
 * there is room again.
 *
 * <p>Usage: {@code FillTheDisk MOUNT}, where {@code MOUNT} is a tmpfs of about 160 MiB made for
 * this.
 */
public final class FillTheDisk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int SEGMENT_BYTES = 16 << 20;

  private FillTheDisk() {}

  public static void main(String[] arguments) throws Exception {
    Path mount = Path.of(arguments[0]);
    Path data = Files.createTempDirectory("saferun-disk").resolve("data");
    Map<String, String> settings =
        Map.of(
            "SAFERUN_JOURNAL_DIRECTORY", mount.resolve("journal").toString(),
            "SAFERUN_JOURNAL_SEGMENT_BYTES", Integer.toString(SEGMENT_BYTES));
    boolean held;
    try (ApplianceProcess appliance = ApplianceProcess.start(data, settings)) {
      String production = CheckDriver.agentKey(appliance, "production");
      String development = CheckDriver.agentKey(appliance, "development");
      expect("before, production", check(appliance, production), "proceed", true);
      Path filler = mount.resolve("filler");
      fill(filler);
      int more = untilUnrecorded(appliance, production);
      System.out.printf(
          "disk full: %d more checks went into the segment that was already allocated%n", more);
      held = expect("full, production", check(appliance, production), "stop", false);
      held &= expect("full, development", check(appliance, development), "proceed", false);
      held &= say("health says DEGRADED", health(appliance).contains("DEGRADED"));
      held &=
          say("overflow is counted", Metrics.read(appliance, "saferun_journal_overflow_total") > 0);
      Files.delete(filler);
      held &= healsWithin(appliance, production, 10);
    }
    System.exit(held ? 0 : 1);
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[64 * 1024];
    try (var out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      System.out.println("filled the disk with " + Files.size(filler) / (1 << 20) + " MiB");
    }
  }

  private static int untilUnrecorded(ApplianceProcess appliance, String key)
      throws IOException, InterruptedException {
    int checks = 0;
    while (check(appliance, key).path("recorded").asBoolean()) {
      checks++;
      if (checks > 4 * SEGMENT_BYTES / 1024) {
        throw new IllegalStateException("the journal never noticed the full disk");
      }
    }
    return checks;
  }

  private static boolean healsWithin(ApplianceProcess appliance, String key, int seconds)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!check(appliance, key).path("recorded").asBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
        return say("heals within " + seconds + " s", false);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    System.out.printf(
        "healed %.2f s after there was room again%n", (System.nanoTime() - start) / 1e9);
    return expect("after, production", check(appliance, key), "proceed", true);
  }

  private static boolean expect(String when, JsonNode answer, String effect, boolean recorded) {
    boolean as =
        answer.path("effect").asText().equals(effect)
            && answer.path("recorded").asBoolean() == recorded;
    return say(
        when
            + ": effect "
            + answer.path("effect").asText()
            + ", recorded "
            + answer.path("recorded"),
        as);
  }

  private static boolean say(String what, boolean holds) {
    System.out.println((holds ? "ok    " : "FAILS ") + what);
    return holds;
  }

  private static JsonNode check(ApplianceProcess appliance, String key)
      throws IOException, InterruptedException {
    String body =
        """
        {"run_id": "disk", "action": {"tool": "orders.read", "arguments": {"order": "%s"}}, "context": {"reasoning": "%s"}}
        """
            .formatted(System.nanoTime(), "x".repeat(2_000));
    HttpRequest request =
        HttpRequest.newBuilder(appliance.uri("/v1/check-action"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static String health(ApplianceProcess appliance)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(appliance.managementUri("/health/readiness")).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
