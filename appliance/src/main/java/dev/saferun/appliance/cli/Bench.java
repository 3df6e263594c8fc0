package dev.saferun.appliance.cli;

import dev.saferun.appliance.bench.LoadGenerator;
import dev.saferun.appliance.bench.PreparedRequests;
import dev.saferun.appliance.bench.Requests;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code saferun bench}: what check-action takes on this machine. */
@Command(
    name = "bench",
    description = "Put load on a server's check-action for a bounded time (needs an admin key).",
    mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {

  private static final int WARM_SECONDS = 3;

  @Option(names = "--connections", defaultValue = "8", description = "Connections (default 8).")
  int connections;

  @Option(names = "--seconds", defaultValue = "10", description = "How long (default 10).")
  int seconds;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Checks per second; 0 sends as fast as answers come.")
  double rate;

  @Option(
      names = "--body",
      defaultValue = "real",
      description =
          "small (about 300 B), real (about 4 kB), or instructed (the same with a new instruction in each call's passages).")
  String body;

  @Option(
      names = "--calls",
      defaultValue = "16",
      description = "Calls of one run, for the real body (default 16).")
  int calls;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Workspace workspace = Workspace.open(Client.fromEnvironment(), "bench");
    workspace.requestsPerSecondMax("development", 1_000_000);
    String run = "bench-" + UUID.randomUUID();
    IntFunction<String> bodies =
        switch (body) {
          case "small" -> number -> Requests.small(run, number);
          case "real" -> number -> Requests.real(run, number, calls);
          case "instructed" -> number -> Requests.instructed(run, number, calls);
          default ->
              throw new CommandFailed(
                  CommandFailed.USAGE, "--body must be small, real or instructed");
        };
    try (Workspace.Agent agent = workspace.agent("development", "bench")) {
      PreparedRequests requests = Requests.post("/v1/check-action", agent.client().key(), bodies);
      run(requests, WARM_SECONDS);
      return say(run(requests, seconds));
    }
  }

  private LoadGenerator.Result run(PreparedRequests requests, int forSeconds) throws IOException {
    Duration duration = Duration.ofSeconds(forSeconds);
    var address = Requests.address(Client.fromEnvironment().base());
    return rate > 0
        ? LoadGenerator.openLoop(address, requests, connections, rate, duration)
        : LoadGenerator.closedLoop(address, requests, connections, duration);
  }

  private int say(LoadGenerator.Result result) {
    if (json) {
      System.out.println(Client.JSON.valueToTree(result));
    } else {
      System.out.printf(
          "%d connections, %s body: %.0f checks/s, p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, %d not 2xx%n",
          connections,
          body,
          result.perSecond(),
          result.p50Millis(),
          result.p95Millis(),
          result.p99Millis(),
          result.refused());
    }
    return result.refused() == 0 ? 0 : CommandFailed.PROBLEM;
  }
}
