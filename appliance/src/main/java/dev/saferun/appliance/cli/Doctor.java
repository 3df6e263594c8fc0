package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code saferun doctor}: looks at the machine and at a server, and says what to do about what is
 * not right.
 */
@Command(
    name = "doctor",
    description = "Check the machine, the data directory and the server.",
    mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {

  private static final long DISK_FREE_BYTES_MIN = 5L << 30;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  private final ArrayNode findings = Client.JSON.createArrayNode();

  @Override
  public Integer call() throws IOException {
    say(Runtime.version().feature() >= 25, "Java " + Runtime.version(), "install a Java 25");
    Path data = Path.of(System.getenv().getOrDefault("SAFERUN_DATA_DIR", "data"));
    if (Files.isDirectory(data)) {
      dataDirectory(data);
    }
    Client client = Client.fromEnvironment();
    server(client);
    return findings.findValuesAsText("state").contains("fail") ? CommandFailed.PROBLEM : 0;
  }

  private void dataDirectory(Path data) throws IOException {
    long free = Files.getFileStore(data).getUsableSpace();
    say(
        free > DISK_FREE_BYTES_MIN,
        "disk of " + data + ": " + (free >> 30) + " GiB free",
        "free some: the journal needs room for the hours that the database may be away");
    for (String secret : new String[] {"keyring", "bootstrap-key"}) {
      Path file = data.resolve(secret);
      if (Files.exists(file)) {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
        boolean own =
            modes.stream()
                .noneMatch(
                    mode -> mode.name().startsWith("GROUP") || mode.name().startsWith("OTHERS"));
        say(own, file + " can be read by its owner only", "chmod 600 " + file);
      }
    }
  }

  private void server(Client client) {
    Client management = new Client(managementAddress(client.base()), "");
    try {
      JsonNode health = management.call("GET", "/health/readiness", null).body();
      say(
          !health.path("status").asText().equals("DOWN"),
          "server at " + client.base() + " is " + health.path("status").asText(),
          "look at its log");
      for (Map.Entry<String, JsonNode> part : health.path("details").properties()) {
        if (Set.of("database", "journal", "last-good", "policy", "start").contains(part.getKey())) {
          say(
              part.getValue().path("status").asText().equals("UP"),
              part.getKey()
                  + " "
                  + part.getValue().path("status").asText()
                  + " "
                  + part.getValue().path("details"),
              "see docs/architecture.md, what happens when a part fails");
        }
      }
      key(client);
    } catch (CommandFailed away) {
      say(false, String.valueOf(away.getMessage()), "start it with: saferun serve --data DIR");
    }
    if (json) {
      System.out.println(findings);
    }
  }

  private void key(Client client) {
    Client.Answer own = client.call("GET", "/v1/organizations", null);
    String what =
        switch (own.status()) {
          case 200 -> "the key is an admin key";
          case 403 -> "the key is an agent's key";
          default -> "the key is not good: " + own.body().path("detail").asText();
        };
    say(
        own.status() == 200 || own.status() == 403,
        what,
        "set SAFERUN_API_KEY, or SAFERUN_DATA_DIR where the first start wrote bootstrap-key");
  }

  private static URI managementAddress(URI api) {
    String given = System.getenv("SAFERUN_MANAGEMENT_URL");
    return URI.create(
        given == null ? "http://" + api.getHost() + ":" + (api.getPort() + 1) : given);
  }

  private void say(boolean good, String what, String remedy) {
    findings
        .addObject()
        .put("state", good ? "ok" : "fail")
        .put("what", what)
        .put("remedy", good ? "" : remedy);
    if (!json) {
      System.out.println(
          (good ? "ok    " : "FAIL  ") + what + (good ? "" : "\n      -> " + remedy));
    }
  }
}
