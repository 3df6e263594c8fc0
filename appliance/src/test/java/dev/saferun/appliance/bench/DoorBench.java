package dev.saferun.appliance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.reliability.ApplianceProcess;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Whether the time that a refusal takes tells what is there: each pair is asked in turns, and the
 * medians are compared.
 */
public final class DoorBench {

  private static final int ACCOUNTS = 40;
  private static final int READS = 600;

  private final ApplianceProcess appliance;
  private final Admin admin;

  private DoorBench(ApplianceProcess appliance, Admin admin) {
    this.appliance = appliance;
    this.admin = admin;
  }

  /**
   * @param arguments a directory for the data
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory(Path.of(arguments[0]), "door").resolve("data");
    try (ApplianceProcess appliance = ApplianceProcess.start(data, Map.of())) {
      new DoorBench(appliance, new Admin(appliance, data)).run();
    }
  }

  private void run() throws Exception {
    String organization = admin.call("GET", "/v1/session", "").get("organization_id").asText();
    passwords("/sign-in/" + organization + "/break-glass");
    String stranger =
        admin.call("PUT", "/v1/organizations/stranger", "{}").at("/admin_key/key").asText();
    String member = member();
    pairs("a foreign member / one that is not there", stranger, "/v1/members/", member);
    pairs("a foreign project / one that is not there", stranger, "/v1/projects/", project());
  }

  private String member() throws Exception {
    String body = "{\"user_name\":\"m" + UUID.randomUUID() + "\"}";
    return admin.call("POST", "/v1/members", body).get("id").asText();
  }

  private String project() throws Exception {
    String name = "p" + UUID.randomUUID();
    admin.call("PUT", "/v1/projects/" + name, "{}");
    return name;
  }

  /** A wrong password for an account that is there, and any for one that is not; from anywhere. */
  private void passwords(String door) throws Exception {
    long[] known = new long[ACCOUNTS];
    long[] unknown = new long[ACCOUNTS];
    for (int i = 0; i < ACCOUNTS; i++) {
      String id = member();
      JsonNode member = admin.call("GET", "/v1/members/" + id, "");
      admin.call("PUT", "/v1/break-glass/" + id, "{\"password\":\"correct horse battery\"}");
      String source = "127.0.7." + (i + 1);
      known[i] = tried(source, door, member.get("user_name").asText());
      unknown[i] = tried(source, door, "nobody-" + UUID.randomUUID());
    }
    print("a wrong password / an unknown name", known, unknown);
  }

  private long tried(String source, String door, String name) throws Exception {
    String body =
        "{\"user_name\":\"%s\",\"password\":\"wrong wrong wrong\",\"code\":\"0\"}".formatted(name);
    try (HttpClient client =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(source)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(appliance.uri(door))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return took(client, request, 401);
    }
  }

  private void pairs(String what, String key, String path, String there) throws Exception {
    long[] first = new long[READS];
    long[] second = new long[READS];
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < READS; i++) {
        first[i] = took(client, get(path + there, key), 404);
        second[i] = took(client, get(path + UUID.randomUUID(), key), 404);
      }
    }
    print(what, first, second);
  }

  private HttpRequest get(String path, String key) {
    URI address = appliance.uri(path);
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + key).build();
  }

  private static long took(HttpClient client, HttpRequest request, int status) throws Exception {
    long begun = System.nanoTime();
    HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
    long took = System.nanoTime() - begun;
    if (answer.statusCode() != status) {
      throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
    }
    return took;
  }

  private static void print(String what, long[] first, long[] second) {
    double one = median(first);
    double other = median(second);
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f ms / %.2f ms, ratio %.3f (medians of %d in turns)%n",
        what,
        one,
        other,
        one / other,
        first.length);
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }
}
