package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun runs reveal RUN --frame N --reason TEXT}. */
@Command(
    name = "reveal",
    description =
        "Look at what was sealed of a frame. The reason stands in the audit log before anything is"
            + " shown.",
    mixinStandardHelpOptions = true)
final class RevealFrame implements Callable<Integer> {

  @Parameters(paramLabel = "RUN")
  String run;

  @Option(names = "--frame", paramLabel = "N", required = true, description = "The frame.")
  long frame;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; read in an audit.")
  String reason;

  @Option(
      names = "--environment",
      paramLabel = "PROJECT/ENVIRONMENT",
      description = "Which, where several have a run of this name; its id will do, too.")
  @Nullable String environment;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() {
    Client client = Client.fromEnvironment();
    String query =
        environment == null ? "" : "?environment=" + EnvironmentName.parse(environment).id(client);
    String path = "/v1/runs/" + Client.segment(run);
    ObjectNode asked = Client.JSON.createObjectNode().put("reason", reason);
    JsonNode grant = client.post(path + "/reveal-grants" + query, asked);
    JsonNode shown =
        client.post(
            path + "/frames/" + frame + "/reveal" + query,
            Client.JSON.createObjectNode().set("grant", grant.get("grant")));
    System.out.print(json ? shown.toPrettyString() + "\n" : text(shown));
    return 0;
  }

  private static String text(JsonNode shown) {
    if (shown.has("shredded_at")) {
      return "gone: its key was destroyed at " + shown.get("shredded_at").asText() + "\n";
    }
    if (shown.path("values").isEmpty()) {
      return "nothing was sealed of this frame\n";
    }
    StringBuilder lines = new StringBuilder();
    for (JsonNode value : shown.path("values")) {
      lines
          .append(value.path("path").asText())
          .append(": ")
          .append(Terminal.clean(value.path("value")).toString())
          .append('\n');
    }
    return lines.toString();
  }
}
