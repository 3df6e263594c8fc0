package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code saferun backtest --environment PROJECT/ENVIRONMENT --rule NAME}. */
@Command(
    name = "backtest",
    description = "Decide recorded calls again by drafts: what they would have stopped and broken.",
    mixinStandardHelpOptions = true)
final class Backtest implements Callable<Integer> {

  private static final Set<String> UNDER_WAY = Set.of("queued", "running");
  private static final long LOOK_EVERY_MILLIS = 500;

  @Option(names = "--environment", paramLabel = "PROJECT/ENVIRONMENT", required = true)
  String environment;

  @Option(
      names = "--rule",
      paramLabel = "NAME[@VERSION]",
      description =
          "To be laid over what is in force, in its newest version where none is named. May come"
              + " again; without one, what is in force is held against its own log.")
  List<String> rules = List.of();

  @Option(names = "--from", paramLabel = "TIME", description = "Calls since then (RFC 3339).")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Calls before then (RFC 3339).")
  @Nullable String to;

  @Option(names = "--sample", paramLabel = "N", description = "About so many calls, not all.")
  @Nullable Integer sample;

  @Option(
      names = "--money",
      paramLabel = "POINTER",
      description = "Where the amount stands in the arguments, such as /amount.")
  @Nullable String money;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Client client = Client.fromEnvironment();
    EnvironmentName.Named named = EnvironmentName.named(environment);
    String path = "/v1/projects/" + Client.segment(named.project()) + "/backtests";
    JsonNode found = client.post(path, request(named.environment()));
    String id = found.path("id").asText();
    while (UNDER_WAY.contains(found.path("state").asText())) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      found = client.get(path + "/" + id);
      progress(found);
    }
    if (json) {
      System.out.println(found.toPrettyString());
    } else {
      System.out.print(BacktestView.of(found, Terminal.ofThisProcess()));
    }
    return found.path("state").asText().equals("finished") ? 0 : CommandFailed.PROBLEM;
  }

  /** On standard error, so that it never stands in what is read by a program. */
  private static void progress(JsonNode found) {
    System.err.printf(
        "backtest %s: %,d of %,d calls%n",
        found.path("state").asText(),
        found.path("seen").asLong(),
        found.at("/coverage/decisions").asLong());
  }

  private ObjectNode request(String name) {
    ObjectNode request = Client.JSON.createObjectNode().put("environment", name);
    putIfPresent(request, "from", from);
    putIfPresent(request, "to", to);
    putIfPresent(request, "money", money);
    if (sample != null) {
      request.put("sample", sample);
    }
    for (String rule : rules) {
      request.withArray("rules").add(rule(rule));
    }
    return request;
  }

  private static void putIfPresent(ObjectNode request, String name, @Nullable String value) {
    if (value != null) {
      request.put(name, value);
    }
  }

  private static ObjectNode rule(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return Client.JSON.createObjectNode().put("rule", text);
    }
    try {
      return Client.JSON
          .createObjectNode()
          .put("rule", text.substring(0, at))
          .put("version", Integer.parseInt(text.substring(at + 1)));
    } catch (NumberFormatException fault) {
      throw new CommandFailed(
          CommandFailed.USAGE, "--rule takes NAME or NAME@VERSION, and '" + text + "' is neither");
    }
  }
}
