package dev.saferun.replay.proof;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.IntentSettings;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.replay.capture.EvidenceOf;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides and redacts calls, then proves 100,000 of what is kept and says what came out and how
 * long it took. {@code make proof-bench} runs it, on recorded runs where {@code PROOF_DATA} names a
 * file of them ({@code .jsonl.gz}, one run a line), else on the failure simulations.
 */
public final class ProofBench {

  private static final int DECISIONS = 100_000;

  private final List<EvidenceOf.Kept> kept = new ArrayList<>();
  private final PolicySnapshot policy;
  private int scored;

  private final RedactionPolicy redaction;

  ProofBench(RedactionPolicy redaction, PolicySnapshot policy) {
    this.redaction = redaction;
    this.policy = policy;
  }

  /** The simulations' folder, and a file of recorded runs or nothing. */
  public static void main(String[] arguments) throws IOException {
    List<Map<String, @Nullable Object>> simulations = simulations(Path.of(arguments[0]));
    boolean sealing = arguments.length > 2 && arguments[2].equals("production");
    ProofBench bench =
        new ProofBench(
            sealing
                ? RedactionPolicy.of(List.of(RedactionRules.production()))
                : RedactionPolicy.standard(),
            PolicySnapshot.of(policy(simulations)));
    if (arguments.length > 1 && !arguments[1].isEmpty()) {
      bench.recordedRuns(Path.of(arguments[1]), 1);
    } else {
      System.out.println("no PROOF_DATA: the failure simulations are used");
      for (Map<String, @Nullable Object> simulation : simulations) {
        bench.decide(object(simulation.get("failing")));
        bench.decide(object(simulation.get("benign")));
      }
    }
    bench.prove();
    if (sealing) {
      System.out.println("the same with what was sealed opened in memory: " + bench.results(true));
    }
  }

  /** What comes out of the proof of each call, by result; with its originals where that is said. */
  Map<String, Integer> results(boolean whole) {
    CompiledPolicies compiled = new CompiledPolicies();
    Map<String, Integer> results = new TreeMap<>();
    for (EvidenceOf.Kept frame : kept) {
      Proof proof = Proof.open(frame.evidence(), frame.sha256());
      Finding finding =
          (whole ? proof.with(EvidenceOf.whole(frame)) : proof).finding(opened(), compiled);
      results.merge(finding.wire(), 1, Integer::sum);
    }
    return results;
  }

  private Optional<KeptPolicy.Opened> opened() {
    return Optional.of(
        new KeptPolicy(
                policy.id(),
                CanonicalJson.write(policy.content().manifest()),
                policy.content().versions())
            .open());
  }

  private void prove() {
    CompiledPolicies compiled = new CompiledPolicies();
    Optional<KeptPolicy.Opened> opened = opened();
    Map<String, Integer> results = new TreeMap<>();
    long bytes = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < DECISIONS; i++) {
      EvidenceOf.Kept frame = kept.get(i % kept.size());
      Finding finding = Proof.open(frame.evidence(), frame.sha256()).finding(opened, compiled);
      results.merge(finding.wire(), 1, Integer::sum);
      bytes += frame.evidence().length;
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d decisions verified (%d distinct, %d with a score, %d bytes of evidence each on average, %d rules): %s%n",
        DECISIONS,
        kept.size(),
        scored,
        bytes / DECISIONS,
        policy.content().rules().size(),
        results);
    System.out.printf(
        Locale.ROOT,
        "different: %d, altered: %d, %.2f seconds on one thread, %.0f a second%n",
        results.getOrDefault("different", 0),
        results.getOrDefault("altered", 0),
        seconds,
        DECISIONS / seconds);
  }

  /** Decides every so many-th of the recorded runs. */
  void recordedRuns(Path file, int every) throws IOException {
    int number = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && kept.size() < DECISIONS;
          line = lines.readLine()) {
        if (number++ % every == 0) {
          recordedRun(StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
  }

  private void recordedRun(Map<String, @Nullable Object> run) {
    RunState state = RunState.NEW;
    RunTexts texts = new RunTexts(true);
    for (Object one : list(run.get("frames"))) {
      Map<String, @Nullable Object> frame = object(one);
      if (frame.get("tool") instanceof String tool) {
        Map<String, @Nullable Object> action = new LinkedHashMap<>();
        action.put("tool", tool);
        action.put("arguments", object(frame.get("arguments")));
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        putText(context, "user_request", run.get("user_request"));
        putText(context, "reasoning", frame.get("reasoning"));
        Check check = new Check("run-" + kept.size(), null, Map.of(), action, context, null);
        long number = state.frame();
        state = decide(check, state, texts);
        texts.returned(number, number, frame.get("result"), frame.get("error"));
      }
    }
  }

  private static void putText(
      Map<String, @Nullable Object> object, String name, @Nullable Object value) {
    if (value instanceof String text) {
      object.put(name, text);
    }
  }

  private void decide(Map<String, @Nullable Object> run) {
    RunState state = RunState.NEW;
    RunTexts texts = new RunTexts(true);
    for (Object one : list(run.get("frames"))) {
      Map<String, @Nullable Object> frame = object(one);
      if ("action".equals(frame.get("kind"))) {
        state =
            decide(
                new Check(
                    String.valueOf(run.get("run_id")),
                    null,
                    object(run.get("agent")),
                    object(frame.get("action")),
                    object(frame.get("context")),
                    null),
                state,
                texts);
      }
    }
  }

  private RunState decide(Check check, RunState before, RunTexts texts) {
    RunState measured = before.with(texts.read(check, before.frame()));
    EvidenceOf.Kept frame = EvidenceOf.decided(redaction, policy, check, measured);
    scored +=
        new String(frame.evidence(), StandardCharsets.UTF_8).contains("\"intent\":{\"model\":")
            ? 1
            : 0;
    kept.add(frame);
    return frame.after();
  }

  static PolicyContent policy(List<Map<String, @Nullable Object>> simulations) {
    List<RuleVersion> rules = new ArrayList<>();
    for (Map<String, @Nullable Object> simulation : simulations) {
      for (Object one : list(simulation.get("rules"))) {
        rules.add(rule(object(one)));
      }
    }
    rules.add(ProofCase.rule("bench-loops", "run.repeat > 2 || run.cycle_repeats > 2"));
    rules.add(
        ProofCase.rule(
            "bench-amount", "has(action.arguments.amount) && action.arguments.amount > 1000"));
    rules.add(
        ProofCase.rule(
            "bench-recipient",
            "has(action.arguments.recipient) && !context.user_request.contains(action.arguments.recipient)"));
    return new PolicyContent(
        Mode.BLOCK,
        OnError.DENY,
        rules.stream().map(rule -> ActiveRule.of(rule, RuleState.BLOCK)).toList(),
        LoopGuardSettings.DEFAULT,
        IntentSettings.STANDARD);
  }

  private static RuleVersion rule(Map<String, @Nullable Object> rule) {
    String name = String.valueOf(rule.get("name"));
    return new RuleVersion(
        new UUID(1, name.hashCode()),
        name,
        1,
        String.valueOf(rule.get("condition")),
        Verdict.valueOf(String.valueOf(rule.get("verdict")).toUpperCase(Locale.ROOT)),
        String.valueOf(rule.get("message")),
        list(rule.get("tools")).stream().map(String::valueOf).toList(),
        Optional.empty());
  }

  static List<Map<String, @Nullable Object>> simulations(Path folder) throws IOException {
    List<Map<String, @Nullable Object>> simulations = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        if (!file.endsWith("schema.json")) {
          simulations.add(StrictJson.parseObject(Files.readAllBytes(file)));
        }
      }
    }
    return simulations;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
