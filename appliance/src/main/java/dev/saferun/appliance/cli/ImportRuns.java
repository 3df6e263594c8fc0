package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code saferun import}: plays recorded runs through the API as an agent would, and can prove that
 * all of it was kept.
 */
@Command(
    name = "import",
    description =
        "Play recorded runs through the API (needs an admin key); --verify reads every frame back.",
    mixinStandardHelpOptions = true)
final class ImportRuns implements Callable<Integer> {

  private static final List<String> ACTION_MEMBERS =
      List.of("run_id", "step", "agent", "action", "context");
  private static final long PROGRESS_NANOS = 5_000_000_000L;

  @Parameters(paramLabel = "FILE.jsonl[.gz]", description = "One recorded run a line.")
  Path file;

  @Option(
      names = "--connections",
      defaultValue = "8",
      description = "Runs that are played at a time (default 8).")
  int connections;

  @Option(
      names = "--limit",
      defaultValue = "2147483647",
      description = "Play the first N runs only.")
  int limit;

  @Option(
      names = "--environment",
      defaultValue = "development",
      description = "Where to (default development).")
  String environment;

  @Option(
      names = "--verify",
      description = "Read every frame back and compare it with what was sent.")
  boolean verify;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  private final Histogram checkMicros = new ConcurrentHistogram(60_000_000, 3);
  private final Map<String, LongAdder> effects = new ConcurrentHashMap<>();
  private final Map<Evidence.Match, LongAdder> matches = new ConcurrentHashMap<>();
  private final LongAdder calls = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final AtomicLong nextProgress = new AtomicLong();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream people = json ? System.err : System.out;
    Workspace workspace = Workspace.open(Client.fromEnvironment(), "imported");
    workspace.requestsPerSecondMax(environment, 1_000_000);
    try (Workspace.Agent agent = workspace.agent(environment, "import")) {
      long start = System.nanoTime();
      each(run -> play(agent.client(), run), people, "played");
      double seconds = (System.nanoTime() - start) / 1e9;
      ObjectNode result = played(seconds);
      people.printf(
          "%d runs, %d calls, %d frames in %.1f s (%.0f calls/s)%ncheck-action as the client saw it: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%neffects: %s%n",
          runs.sum(),
          calls.sum(),
          frames.sum(),
          seconds,
          calls.sum() / seconds,
          millis(50),
          millis(95),
          millis(99),
          new TreeMap<>(effects));
      boolean whole = !verify || verified(agent.client(), people, result);
      if (json) {
        System.out.println(result);
      }
      return whole ? 0 : CommandFailed.PROBLEM;
    }
  }

  private ObjectNode played(double seconds) {
    ObjectNode result = Client.JSON.createObjectNode();
    result
        .put("runs", runs.sum())
        .put("calls", calls.sum())
        .put("frames", frames.sum())
        .put("seconds", seconds);
    result
        .putObject("check_millis")
        .put("p50", millis(50))
        .put("p95", millis(95))
        .put("p99", millis(99));
    ObjectNode byEffect = result.putObject("effects");
    effects.forEach((effect, count) -> byEffect.put(effect, count.sum()));
    return result;
  }

  private double millis(double percentile) {
    return checkMicros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private boolean verified(Client agent, PrintStream people, ObjectNode result)
      throws IOException, InterruptedException {
    runs.reset();
    long start = System.nanoTime();
    each(run -> compare(agent, run), people, "verified");
    long equal = count(Evidence.Match.EQUAL);
    long redacted = count(Evidence.Match.REDACTED);
    long changed = count(Evidence.Match.CHANGED);
    people.printf(
        "read back in %.1f s: %d frames equal, %d differ only where redaction says so, %d lost, %d changed%n",
        (System.nanoTime() - start) / 1e9, equal, redacted, lost.sum(), changed);
    result
        .putObject("verified")
        .put("equal", equal)
        .put("redacted", redacted)
        .put("lost", lost.sum())
        .put("changed", changed);
    return lost.sum() == 0 && changed == 0;
  }

  private long count(Evidence.Match match) {
    return matches.getOrDefault(match, new LongAdder()).sum();
  }

  private void each(Consumer<RecordedRun> work, PrintStream people, String verb)
      throws IOException, InterruptedException {
    Semaphore places = new Semaphore(connections);
    List<Future<?>> all = new ArrayList<>();
    long start = System.nanoTime();
    nextProgress.set(start + PROGRESS_NANOS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        BufferedReader lines = open()) {
      String line = lines.readLine();
      for (int read = 0; line != null && read < limit; read++) {
        JsonNode recorded = Client.JSON.readTree(line);
        places.acquire();
        all.add(
            threads.submit(
                () -> {
                  try {
                    work.accept(RecordedRun.of(recorded));
                    progress(start, people, verb);
                  } finally {
                    places.release();
                  }
                }));
        line = lines.readLine();
      }
    }
    for (Future<?> one : all) {
      await(one);
    }
  }

  private static void await(Future<?> one) throws InterruptedException {
    try {
      one.get();
    } catch (ExecutionException fault) {
      throw fault.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(fault.getCause());
    }
  }

  private void progress(long start, PrintStream people, String verb) {
    runs.increment();
    long now = System.nanoTime();
    long due = nextProgress.get();
    if (now > due && nextProgress.compareAndSet(due, now + PROGRESS_NANOS)) {
      people.printf(
          "  %d runs %s, %.0f runs/s%n", runs.sum(), verb, runs.sum() / ((now - start) / 1e9));
    }
  }

  private BufferedReader open() throws IOException {
    InputStream in = Files.newInputStream(file);
    InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
  }

  private void play(Client agent, RecordedRun run) {
    for (RecordedRun.Step step : run.steps()) {
      switch (step) {
        case RecordedRun.Step.Frames batch -> {
          agent.post(
              "/v1/runs/" + Client.segment(run.id()) + "/frames",
              Client.JSON.createObjectNode().set("frames", batch.frames()));
          frames.add(batch.frames().size());
        }
        case RecordedRun.Step.Call call -> {
          long start = System.nanoTime();
          JsonNode answer = agent.post("/v1/check-action", call.check());
          checkMicros.recordValue(Math.min(60_000_000, (System.nanoTime() - start) / 1_000));
          effects
              .computeIfAbsent(answer.get("effect").asText(), effect -> new LongAdder())
              .increment();
          agent.post(
              "/v1/decisions/" + answer.get("decision_id").asText() + "/outcome", call.outcome());
          calls.increment();
          frames.add(2);
        }
      }
    }
  }

  /**
   * Frames are read back in the order in which they were sent: the run was played by one worker.
   */
  private void compare(Client agent, RecordedRun run) {
    String path = "/v1/runs/" + Client.segment(run.id()) + "/frames/";
    long first = agent.get("/v1/runs/" + Client.segment(run.id())).at("/frames/0/frame").asLong();
    long number = first;
    for (RecordedRun.Step step : run.steps()) {
      switch (step) {
        case RecordedRun.Step.Frames batch -> {
          for (JsonNode sent : batch.frames()) {
            compare(agent, path + number++, sent, List.of("kind", "content"));
          }
        }
        case RecordedRun.Step.Call call -> {
          compare(agent, path + number++, call.check(), ACTION_MEMBERS);
          compare(agent, path + number++, call.outcome(), List.of("result", "error"));
        }
      }
    }
  }

  private void compare(Client agent, String path, JsonNode sent, List<String> members) {
    Client.Answer kept = agent.call("GET", path, null);
    if (kept.status() != 200) {
      lost.increment();
      return;
    }
    Evidence.Match match = Evidence.compare(sent, kept.body(), members, agent);
    matches.computeIfAbsent(match, name -> new LongAdder()).increment();
  }
}
