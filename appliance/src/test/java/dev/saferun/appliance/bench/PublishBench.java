package dev.saferun.appliance.bench;

import dev.saferun.appliance.bench.LoadGenerator.AnswerListener;
import dev.saferun.appliance.bench.RuleSets.NewVersion;
import dev.saferun.appliance.reliability.ApplianceProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * What putting rules in force takes, through the public API of an appliance as it is installed: a
 * thousand rules that were never compiled, one rule of a thousand, and a hundred times a second
 * under load. Run by {@code make publish-bench}.
 */
public final class PublishBench {

  private static final int RULES = 1_000;
  private static final int EDITS_BEFORE = 200;
  private static final int EDITS = 300;
  private static final int TOGETHER = 10;
  private static final int VERSIONS = 50;
  private static final double PUBLISHES_A_SECOND = 100;
  private static final double CHECKS_A_SECOND = 1_000;
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final int ROUNDS = 4;

  private static final Pattern SNAPSHOT = Pattern.compile("\"policy_snapshot\":\"([^\"]+)\"");
  private static final Pattern VERSION =
      Pattern.compile(
          "\"source\":\"rule-\\d+\",\"state\":\"block\",\"verdict\":\"flag\",\"version\":(\\d+)");

  private final InetSocketAddress address;
  private final Admin admin;
  private final RuleSets rules;
  private final ExecutorService beside = Executors.newCachedThreadPool();

  private PublishBench(ApplianceProcess appliance, Admin admin) {
    this.address = Requests.address(appliance.uri("/"));
    this.admin = admin;
    this.rules = new RuleSets(admin);
  }

  /**
   * @param arguments a directory for the data, and how many decisions to make while rules change
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory(Path.of(arguments[0]), "publish").resolve("data");
    try (ApplianceProcess appliance = ApplianceProcess.start(data, Map.of())) {
      PublishBench bench = new PublishBench(appliance, new Admin(appliance, data));
      try {
        bench.cold();
        bench.edits();
        bench.storm(Integer.parseInt(arguments[1]));
      } finally {
        bench.beside.shutdownNow();
      }
    }
  }

  private void cold() throws Exception {
    admin.call("PUT", "/v1/projects/large", "{}");
    rules.write("large", RuleSets.ofSize(RULES));
    long begun = System.nanoTime();
    rules.activate("large", "development", RULES, 1);
    System.out.printf(
        Locale.ROOT,
        "%,d rules, none compiled before, the server just started: in force after %.0f ms%n",
        RULES,
        (System.nanoTime() - begun) / 1e6);
  }

  /** From the moment that an activation is sent to the first check that was decided by it. */
  private void edits() throws Exception {
    String key = admin.agentKey("large");
    Map<String, Long> firstSeen = new ConcurrentHashMap<>();
    AtomicBoolean done = new AtomicBoolean();
    Future<?> checks =
        beside.submit(
            () -> {
              while (!done.get()) {
                load(key, "edits", 200, Duration.ofSeconds(1), note(firstSeen));
              }
              return null;
            });
    Histogram answered = new Histogram(60_000_000, 3);
    Histogram seen = new Histogram(60_000_000, 3);
    Map<String, Long> sent = new HashMap<>();
    for (int i = -EDITS_BEFORE; i < EDITS; i++) {
      admin.call("PUT", "/v1/projects/large/rules/rule-0", edited(i + EDITS_BEFORE));
      long begun = System.nanoTime();
      String snapshot =
          admin
              .call("POST", "/v1/projects/large/environments/development/activations", activation())
              .path("policy_snapshot")
              .asText();
      if (i >= 0) {
        answered.recordValue((System.nanoTime() - begun) / 1_000);
        sent.put(snapshot, begun);
      }
      Thread.sleep(20);
    }
    done.set(true);
    checks.get();
    sent.forEach(
        (snapshot, begun) -> {
          Long first = firstSeen.get(snapshot);
          if (first == null) {
            throw new IllegalStateException("no check was decided by " + snapshot);
          }
          seen.recordValue(Math.max(0, first - begun) / 1_000);
        });
    print("one rule of %,d edited, activation answered".formatted(RULES), answered);
    print("  the first check that was decided by it", seen);
  }

  private static String edited(int number) {
    return """
    {"condition": "action.arguments.amount > context.plan.amount + 1%d", "verdict": "deny", "message": "Edit %d.",\
     "tools": ["payments.charge"]}"""
        .formatted(number, number);
  }

  private static String activation() {
    return "{\"comment\": \"an edit\", \"rules\": [{\"rule\": \"rule-0\", \"state\": \"block\"}]}";
  }

  private static AnswerListener note(Map<String, Long> firstSeen) {
    return (answer, length) -> {
      Matcher snapshot = SNAPSHOT.matcher(text(answer, length));
      if (snapshot.find()) {
        firstSeen.putIfAbsent(snapshot.group(1), System.nanoTime());
      }
    };
  }

  /** Ten rules that all hold change their version together, and each answer is looked at. */
  private void storm(long decisions) throws Exception {
    admin.call("PUT", "/v1/projects/storm", "{}");
    List<NewVersion> versions = new ArrayList<>();
    for (int version = 1; version <= VERSIONS; version++) {
      for (int rule = 0; rule < TOGETHER; rule++) {
        versions.add(
            new NewVersion(
                RuleSets.name(rule),
                version,
                "action.arguments.amount >= 0 && " + version + " > 0",
                "flag",
                "payments.charge"));
      }
    }
    rules.write("storm", versions);
    rules.activate("storm", "development", TOGETHER, 1);
    String key = admin.agentKey("storm");
    Mixed mixed = new Mixed();
    load(key, "warm", CHECKS_A_SECOND, ROUND, mixed);
    List<Double> quiet = new ArrayList<>();
    List<Double> beneath = new ArrayList<>();
    for (int round = 0; round < ROUNDS || mixed.decisions < decisions; round++) {
      if (round < ROUNDS) {
        quiet.add(load(key, "quiet-" + round, CHECKS_A_SECOND, ROUND, mixed).p99Millis());
      }
      AtomicBoolean done = new AtomicBoolean();
      Future<Integer> published = beside.submit(publishing("development", done));
      Future<Integer> elsewhere = beside.submit(publishing("staging", done));
      double rate = round < ROUNDS ? CHECKS_A_SECOND : 0;
      LoadGenerator.Result under = load(key, "storm-" + round, rate, ROUND, mixed);
      done.set(true);
      if (round < ROUNDS) {
        beneath.add(under.p99Millis());
      }
      System.out.printf(
          Locale.ROOT,
          "  %,.0f checks/s, p99 %.2f ms, beside %.0f publishes/s%n",
          under.perSecond(),
          under.p99Millis(),
          (published.get() + elsewhere.get()) / (double) ROUND.toSeconds());
    }
    System.out.printf(
        Locale.ROOT,
        "%,d decisions by %,d snapshots: %,d of mixed versions%n",
        mixed.decisions,
        mixed.versionOf.size(),
        mixed.mixed);
    System.out.printf(
        Locale.ROOT,
        "checks at %,.0f/s: p99 %.2f ms quiet, %.2f ms beside the publishes (medians of %d), %.2fx%n",
        CHECKS_A_SECOND,
        median(quiet),
        median(beneath),
        ROUNDS,
        median(beneath) / median(quiet));
  }

  /** Half of the publishes: two callers, since one waits for each of its own. */
  private Callable<Integer> publishing(String environment, AtomicBoolean done) {
    return () -> {
      int published = 0;
      long due = System.nanoTime();
      while (!done.get()) {
        rules.activate("storm", environment, TOGETHER, 1 + (published + 1) % VERSIONS);
        published++;
        due += (long) (2e9 / PUBLISHES_A_SECOND);
        LockSupport.parkNanos(due - System.nanoTime());
      }
      return published;
    };
  }

  /** Finds answers whose reasons are not all of the one version that their snapshot holds. */
  private static final class Mixed implements AnswerListener {

    private final Map<String, String> versionOf = new HashMap<>();
    private long decisions;
    private long mixed;

    @Override
    public void onAnswer(byte[] answer, int length) {
      String text = text(answer, length);
      Matcher snapshot = SNAPSHOT.matcher(text);
      Matcher version = VERSION.matcher(text);
      if (!snapshot.find()) {
        throw new IllegalStateException("not decided: " + text);
      }
      decisions++;
      int reasons = 0;
      boolean same = true;
      while (version.find()) {
        reasons++;
        String known = versionOf.putIfAbsent(snapshot.group(1), version.group(1));
        same &= known == null || known.equals(version.group(1));
      }
      if (reasons != TOGETHER) {
        throw new IllegalStateException(reasons + " reasons in " + text);
      }
      mixed += same ? 0 : 1;
    }
  }

  private LoadGenerator.Result load(
      String key, String prefix, double rate, Duration duration, AnswerListener listener)
      throws IOException {
    PreparedRequests requests =
        Requests.post("/v1/check-action", key, number -> Requests.small(prefix, number));
    return LoadGenerator.openLoop(address, requests, 8, rate, duration, listener);
  }

  private static String text(byte[] answer, int length) {
    return new String(answer, 0, length, StandardCharsets.UTF_8);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        Locale.ROOT,
        "%-48s p50 %.1f ms, p99 %.1f ms, worst %.1f ms of %d%n",
        what,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3,
        micros.getTotalCount());
  }
}
