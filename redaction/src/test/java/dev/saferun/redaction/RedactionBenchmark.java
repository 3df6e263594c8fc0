package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What redaction costs for documents like a recorded action: prose, passages and state, with a card
 * and a password among them, and in every sixteenth passage a person's data. Times are sampled, so
 * the 95th in a hundred shows. {@code make redaction-bench} runs it.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RedactionBenchmark {

  private static final String WORDS =
      "the agent asks to transfer 4500.00 EUR to account 7733-2 because the user"
          + " said so on 2026-11-23 in message 8f3a1c; booking KX93AB, flight LH 1171, seat 14C. ";

  private static final String PERSON =
      "Ms Doe, jane.doe@example.com, +44 20 7946 0958, SSN 536-90-4399, from 203.0.113.9,"
          + " pays from DE89 3704 0044 0532 0130 00. ";

  /** A document and the policies that are asked. */
  @State(Scope.Benchmark)
  public static class Work {

    @Param({"4096", "16384"})
    int bytes;

    private Map<String, @Nullable Object> document = Map.of();
    private String text = "";

    private final RedactionPolicy paths = RedactionPolicy.of(StandardRules.rules(), Map.of());
    private final RedactionPolicy everything =
        RedactionPolicy.of(StandardRules.rules(), everything());

    private final RedactionPolicy production =
        RedactionPolicy.of(List.of(RedactionRules.production()));

    @Setup
    public void make() {
      document = document(bytes);
      text = new String(CanonicalJson.write(document), StandardCharsets.UTF_8);
    }

    private static Map<Detector, Action> everything() {
      Map<Detector, Action> actions = new EnumMap<>(StandardDetectors.PII);
      actions.put(Detector.CARD_NUMBER, new Action.Mask(0, 4));
      actions.put(Detector.SECRET, new Action.Drop());
      return actions;
    }
  }

  /** The tree of path rules alone, in the same walk's order: members asked for their rule. */
  @Benchmark
  public int pathRulesAlone(Work work) {
    return rules(work.document, work.paths.paths().root());
  }

  private static int rules(@Nullable Object value, PathTrie.Place place) {
    int ruled = place.rule() == null ? 0 : 1;
    if (value instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        ruled += rules(member.getValue(), place.member((String) member.getKey()));
      }
    } else if (value instanceof List<?> array) {
      for (int i = 0; i < array.size(); i++) {
        ruled += rules(array.get(i), place.element(i));
      }
    }
    return ruled;
  }

  /** All detectors over the document as one text. */
  @Benchmark
  public int detectorsOverOneText(Work work) {
    return TextScanner.find(work.text).size();
  }

  @Benchmark
  public int walkWithStandardPolicy(Work work) {
    return walk(RedactionPolicy.standard(), work.document);
  }

  /** Path rules and all detectors over the document's tree. */
  @Benchmark
  public int walkWithAllDetectors(Work work) {
    return walk(work.everything, work.document);
  }

  /** As a record is kept where nobody chose otherwise, with canonical form and hash. */
  @Benchmark
  public int redactByTheStandard(Work work) {
    return Documents.REDACTOR
        .redact(RedactionPolicy.standard(), Documents.SUBJECT, work.document)
        .redactions();
  }

  /** As production keeps it: prose and what is not known is sealed. */
  @Benchmark
  public int redactAndSealAsInProduction(Work work) {
    return Documents.REDACTOR
        .redact(work.production, Documents.SUBJECT, work.document)
        .redactions();
  }

  /** With canonical form and hash, as a record is kept. */
  @Benchmark
  public int redactWithAllDetectors(Work work) {
    return Documents.REDACTOR
        .redact(work.everything, Documents.SUBJECT, work.document)
        .redactions();
  }

  private static int walk(RedactionPolicy policy, Map<String, @Nullable Object> document) {
    Tokens tokens = new Tokens(new DerivedTokenKeys(new byte[32]), Documents.ORGANIZATION);
    return new DocumentWalk(policy, tokens, new SealBox(Documents.SUBJECT))
        .document(document, new RedactedMembers(Set.of(), Set.of()))
        .size();
  }

  private static Map<String, @Nullable Object> document(int size) {
    Random random = new Random(1);
    List<@Nullable Object> passages = new ArrayList<>();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("run_id", "run-1");
    document.put("frame", 7L);
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("card", "4111 1111 1111 1111");
    arguments.put("password", "hunter2");
    document.put("action", Map.of("tool", "send_money", "arguments", arguments));
    document.put("context", Map.of("user_request", WORDS, "retrieved", passages));
    while (CanonicalJson.write(document).length < size) {
      Map<String, @Nullable Object> passage = new LinkedHashMap<>();
      passage.put("source", "mail/" + random.nextInt(100_000));
      String content = WORDS.substring(random.nextInt(60));
      passage.put("content", passages.size() % 16 == 0 ? content + PERSON : content);
      passage.put("amount_cents", random.nextLong(1_000_000));
      passage.put("score", random.nextDouble());
      passage.put("read", random.nextBoolean());
      passages.add(passage);
    }
    return document;
  }

  public static void main(String[] arguments) throws RunnerException {
    String include = arguments.length > 0 ? arguments[0] : "RedactionBenchmark";
    new Runner(new OptionsBuilder().include(include).build()).run();
  }
}
