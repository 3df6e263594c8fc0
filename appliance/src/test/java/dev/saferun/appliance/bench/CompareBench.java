package dev.saferun.appliance.bench;

import dev.saferun.appliance.reliability.ApplianceProcess;
import dev.saferun.appliance.reliability.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * One interleaved run on this machine: a bare JSON echo on our server, check-action without
 * recording, check-action whole with rule sets of three sizes, and Cerbos with the same rules,
 * audit off and local. The same client sends the same facts.
 *
 * <p>Usage: {@code CompareBench CERBOS_BINARY DIRECTORY [SECONDS_A_CELL] [ROUNDS]}.
 */
public final class CompareBench {

  private static final int WARMING_ROUNDS = 2;
  private static final int[] CONNECTIONS = {1, 8, 64};
  private static final List<String> BODIES = List.of("small", "real");

  private final Duration cell;
  private final int rounds;
  private final Map<String, List<LoadGenerator.Result>> results = new LinkedHashMap<>();

  private CompareBench(Duration cell, int rounds) {
    this.cell = cell;
    this.rounds = rounds;
  }

  /** Something to send checks to. */
  private record Target(
      String name, InetSocketAddress address, Map<String, PreparedRequests> bodies) {
    PreparedRequests requests(String body) {
      return Objects.requireNonNull(bodies.get(body));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of(arguments[1])), "run");
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    CompareBench bench = new CompareBench(Duration.ofSeconds(seconds), rounds);
    Path data = directory.resolve("recorded");
    try (ApplianceProcess ours =
            ApplianceProcess.start(data, Map.of("SAFERUN_BENCH_ECHO", "true"));
        ApplianceProcess unrecorded =
            ApplianceProcess.start(
                directory.resolve("unrecorded"), Map.of("SAFERUN_BENCH_UNRECORDED", "true"));
        Cerbos plain =
            Cerbos.start(
                Path.of(arguments[0]),
                Files.createDirectories(directory.resolve("cerbos")),
                false);
        Cerbos audited =
            Cerbos.start(
                Path.of(arguments[0]),
                Files.createDirectories(directory.resolve("cerbos-audit")),
                true)) {
      List<Target> targets =
          targets(ours, data, unrecorded, directory.resolve("unrecorded"), plain, audited);
      bench.run(targets, ours);
      bench.halfLoad(targets.get(3), ours);
      bench.atCerbosSaturation(targets, ours);
    }
    System.exit(0);
  }

  private static List<Target> targets(
      ApplianceProcess ours,
      Path data,
      ApplianceProcess unrecorded,
      Path unrecordedData,
      Cerbos plain,
      Cerbos audited)
      throws Exception {
    RuleSets rules = new RuleSets(new Admin(ours, data));
    InetSocketAddress address = Requests.address(ours.uri("/"));
    List<Target> targets = new ArrayList<>();
    targets.add(target("bare JSON echo", address, "/bench/echo", ""));
    String key = new RuleSets(new Admin(unrecorded, unrecordedData)).agentKey(100);
    targets.add(
        target(
            "check, not recorded, 100 rules",
            Requests.address(unrecorded.uri("/")),
            "/v1/check-action",
            key));
    for (int size : new int[] {10, 100, 10_000}) {
      long start = System.nanoTime();
      targets.add(
          target(
              "check, whole, " + size + " rules",
              address,
              "/v1/check-action",
              rules.agentKey(size)));
      System.out.printf(
          "%d rules in force after %.1f s%n", size, (System.nanoTime() - start) / 1e9);
    }
    targets.add(cerbos("Cerbos, 100 rules, audit off", plain));
    targets.add(cerbos("Cerbos, 100 rules, local audit", audited));
    return targets;
  }

  private static Target target(String name, InetSocketAddress address, String path, String key) {
    Map<String, PreparedRequests> requests = new LinkedHashMap<>();
    for (String body : BODIES) {
      requests.put(body, Requests.post(path, key, body(body, name)));
    }
    return new Target(name, address, requests);
  }

  private static Target cerbos(String name, Cerbos cerbos) {
    Map<String, PreparedRequests> requests = new LinkedHashMap<>();
    for (String body : BODIES) {
      IntFunction<String> check = body(body, "cerbos");
      requests.put(
          body,
          Requests.post(
              "/api/check/resources", "", number -> Cerbos.body(attributes(check.apply(number)))));
    }
    return new Target(name, cerbos.address(), requests);
  }

  /** Cerbos's conditions read the arguments and the plan at the top of the attributes. */
  private static String attributes(String check) {
    String plan = check.replaceFirst("(?s).*\"plan\":(\\{[^}]*\\}).*", "$1");
    String arguments = check.replaceFirst("(?s).*\"arguments\":(\\{[^}]*\\}).*", "$1");
    return "{\"plan\":" + plan + ",\"arguments\":" + arguments + "," + check.substring(1);
  }

  private static IntFunction<String> body(String name, String prefix) {
    String run = prefix.replaceAll("[^a-z0-9]+", "-");
    return name.equals("small")
        ? number -> Requests.small(run, number)
        : number -> Requests.real(run, number);
  }

  private void run(List<Target> targets, ApplianceProcess ours)
      throws IOException, InterruptedException {
    for (int warming = 0; warming < WARMING_ROUNDS; warming++) {
      for (Target target : targets) {
        for (String body : BODIES) {
          LoadGenerator.closedLoop(target.address(), target.requests(body), 64, cell);
        }
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (String body : BODIES) {
        for (int connections : CONNECTIONS) {
          for (Target target : targets) {
            awaitDrained(ours);
            measure(target, body, connections);
          }
        }
      }
    }
    for (String body : BODIES) {
      for (int connections : CONNECTIONS) {
        print(targets, body, connections);
      }
    }
  }

  private void measure(Target target, String body, int connections) throws IOException {
    LoadGenerator.Result result =
        LoadGenerator.closedLoop(target.address(), target.requests(body), connections, cell);
    results
        .computeIfAbsent(cellName(target, body, connections), name -> new ArrayList<>())
        .add(result);
  }

  private List<LoadGenerator.Result> measured(Target target, String body, int connections) {
    return Objects.requireNonNull(results.get(cellName(target, body, connections)));
  }

  private static String cellName(Target target, String body, int connections) {
    return target.name() + "/" + body + "/" + connections;
  }

  private void print(List<Target> targets, String body, int connections) {
    double echo = perSecond(targets.getFirst(), body, connections);
    double cerbos =
        Math.max(
            perSecond(targets.get(5), body, connections),
            perSecond(targets.get(6), body, connections));
    System.out.printf("%n%s body, %d connections%n", body, connections);
    System.out.printf(
        "  %-32s %9s %8s %8s %8s %8s %10s%n",
        "", "a second", "p50 ms", "p95 ms", "p99 ms", "x echo", "x Cerbos");
    for (Target target : targets) {
      List<LoadGenerator.Result> all = measured(target, body, connections);
      double perSecond = perSecond(target, body, connections);
      System.out.printf(
          "  %-32s %9.0f %8.2f %8.2f %8.2f %8.2f %10.2f%s%n",
          target.name(),
          perSecond,
          mean(all, LoadGenerator.Result::p50Millis),
          mean(all, LoadGenerator.Result::p95Millis),
          mean(all, LoadGenerator.Result::p99Millis),
          perSecond / echo,
          perSecond / cerbos,
          all.stream().mapToLong(LoadGenerator.Result::refused).sum() == 0
              ? ""
              : "  << some were refused");
    }
  }

  private double perSecond(Target target, String body, int connections) {
    return mean(measured(target, body, connections), LoadGenerator.Result::perSecond);
  }

  private static double mean(
      List<LoadGenerator.Result> results,
      java.util.function.ToDoubleFunction<LoadGenerator.Result> of) {
    return results.stream().mapToDouble(of).average().orElseThrow();
  }

  /** At half of what it can do, latency from when each check was due. */
  private void halfLoad(Target whole, ApplianceProcess ours)
      throws IOException, InterruptedException {
    for (String body : BODIES) {
      awaitDrained(ours);
      double rate = perSecond(whole, body, 64) / 2;
      LoadGenerator.Result result =
          LoadGenerator.openLoop(
              whole.address(), whole.requests(body), 64, rate, cell.multipliedBy(3));
      System.out.printf(
          "%nhalf load (%.0f/s), %s, %s body: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
          rate, whole.name(), body, result.p50Millis(), result.p95Millis(), result.p99Millis());
    }
  }

  /** The rate that Cerbos does at most, asked of ours: its p99 beside that of Cerbos. */
  private void atCerbosSaturation(List<Target> targets, ApplianceProcess ours)
      throws IOException, InterruptedException {
    Target whole = targets.get(3);
    for (String body : BODIES) {
      Target cerbos = best(targets.subList(5, 7), body);
      double rate = perSecond(cerbos, body, 64);
      double p99 = mean(measured(cerbos, body, 64), LoadGenerator.Result::p99Millis);
      awaitDrained(ours);
      LoadGenerator.Result result =
          LoadGenerator.openLoop(
              whole.address(), whole.requests(body), 64, rate, cell.multipliedBy(3));
      System.out.printf(
          "%nwhere Cerbos saturates (%.0f/s), %s body: %s p99 %.2f ms, %s p99 %.2f ms, 1/%.1f%n",
          rate,
          body,
          whole.name(),
          result.p99Millis(),
          cerbos.name(),
          p99,
          p99 / result.p99Millis());
    }
  }

  private Target best(List<Target> targets, String body) {
    return targets.stream()
        .max(Comparator.comparingDouble(target -> perSecond(target, body, 64)))
        .orElseThrow();
  }

  /** What one target left in the journal is no part of what the next is measured by. */
  private static void awaitDrained(ApplianceProcess ours) throws IOException, InterruptedException {
    while (Metrics.read(ours, "saferun_journal_undrained_records") > 0) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
