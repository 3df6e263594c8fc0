package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.replay.capture.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came out so far. Each worker has its own; they are added up for the report. */
final class Tally {

  private static final int EXAMPLES_MAX = 10;

  /** What a decision cost is measured for one in so many, and the last so many are kept. */
  private static final int TIMED_ONE_IN = 16;

  private static final int TIMES_KEPT = 4_096;

  private final Matrix verdicts = new Matrix();
  private final Matrix effects = new Matrix();
  private final Map<String, Matrix> byLabel = new TreeMap<>();
  private final Map<String, Long> hits = new TreeMap<>();
  private final Map<String, Long> undecidableBy = new TreeMap<>();
  private final Map<String, List<Map<String, @Nullable Object>>> examples = new TreeMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final @Nullable Money money;
  private final long[] nanos = new long[TIMES_KEPT];
  private long timed;
  private long replayed;
  private long undecidable;
  private long samePolicy;
  private long samePolicyDiffers;

  Tally(@Nullable List<String> moneySteps) {
    this.money = moneySteps == null ? null : new Money(moneySteps);
  }

  boolean isTimed() {
    return replayed % TIMED_ONE_IN == 0;
  }

  void took(long nanosTaken) {
    nanos[(int) (timed % TIMES_KEPT)] = nanosTaken;
    timed++;
  }

  /** A frame that could not be decided again at all, and why. */
  void skip(String why) {
    skipped.merge(why, 1L, Long::sum);
  }

  void add(
      UUID decisionId,
      Map<String, @Nullable Object> evidence,
      Redecision again,
      List<String> labels) {
    replayed++;
    Decision decision = again.decision();
    String verdict = KeptAction.in(evidence, "verdict");
    String effect = KeptAction.in(evidence, "effect");
    boolean certain = again.isCertain();
    String wouldBe = certain ? decision.verdict().wire() : Matrix.UNDECIDABLE;
    verdicts.add(verdict, wouldBe);
    effects.add(effect, certain ? decision.effect().wire() : Matrix.UNDECIDABLE);
    for (String label : labels) {
      byLabel.computeIfAbsent(label, name -> new Matrix()).add(verdict, wouldBe);
    }
    for (Reason reason : decision.reasons()) {
      hits.merge(reason.source(), 1L, Long::sum);
    }
    if (!certain) {
      undecidable++;
      again.undecidable().forEach(open -> undecidableBy.merge(open.source(), 1L, Long::sum));
    } else if (money != null) {
      boolean was =
          effect.equals(Effect.STOP.wire()) || effect.equals(Effect.WAIT_FOR_APPROVAL.wire());
      money.add(arguments(evidence), was, decision.effect());
    }
    if (!wouldBe.equals(verdict)) {
      example(decisionId, evidence, verdict + " -> " + wouldBe, again);
    }
    compareOwn(evidence, again);
  }

  private static Map<String, @Nullable Object> arguments(Map<String, @Nullable Object> evidence) {
    return Evidence.object(Evidence.object(evidence.get("action")).get("arguments"));
  }

  /** A call that was decided by this very policy must be decided alike, to the byte. */
  private void compareOwn(Map<String, @Nullable Object> evidence, Redecision again) {
    Decision decision = again.decision();
    if (again.undecidable().isEmpty()
        && decision.policySnapshot().equals(KeptAction.in(evidence, "policy_snapshot"))) {
      samePolicy++;
      byte[] kept = CanonicalJson.write(evidence.get("decision"));
      samePolicyDiffers += Arrays.equals(kept, CanonicalJson.write(decision.toJson())) ? 0 : 1;
    }
  }

  private void example(
      UUID decisionId, Map<String, @Nullable Object> evidence, String cell, Redecision again) {
    List<Map<String, @Nullable Object>> known =
        examples.computeIfAbsent(cell, name -> new ArrayList<>());
    if (known.size() < EXAMPLES_MAX) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("decision_id", decisionId.toString());
      one.put("run_id", evidence.get("run_id"));
      one.put("frame", evidence.get("frame"));
      one.put("tool", Evidence.object(evidence.get("action")).get("tool"));
      one.put("rules", again.decision().reasons().stream().map(Reason::source).toList());
      if (!again.undecidable().isEmpty()) {
        one.put(
            "undecidable",
            again.undecidable().stream().map(Redecision.Undecidable::source).toList());
      }
      known.add(one);
    }
  }

  void add(Tally other) {
    verdicts.add(other.verdicts);
    effects.add(other.effects);
    other.byLabel.forEach(
        (label, matrix) -> byLabel.computeIfAbsent(label, name -> new Matrix()).add(matrix));
    other.hits.forEach((rule, count) -> hits.merge(rule, count, Long::sum));
    other.undecidableBy.forEach((rule, count) -> undecidableBy.merge(rule, count, Long::sum));
    other.skipped.forEach((why, count) -> skipped.merge(why, count, Long::sum));
    other.examples.forEach(
        (cell, more) -> {
          List<Map<String, @Nullable Object>> known =
              examples.computeIfAbsent(cell, name -> new ArrayList<>());
          more.stream().limit(EXAMPLES_MAX - known.size()).forEach(known::add);
        });
    for (long i = 0; i < Math.min(other.timed, TIMES_KEPT); i++) {
      took(other.nanos[(int) i]);
    }
    replayed += other.replayed;
    undecidable += other.undecidable;
    samePolicy += other.samePolicy;
    samePolicyDiffers += other.samePolicyDiffers;
    if (money != null && other.money != null) {
      money.add(other.money);
    }
  }

  long replayed() {
    return replayed;
  }

  private long skippedCount() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Decisions that were gone through, whatever came of them. */
  long seen() {
    return replayed + skippedCount();
  }

  /**
   * @param inWindow how many decisions there are to go through
   */
  Map<String, @Nullable Object> toJson(long inWindow) {
    Map<String, @Nullable Object> coverage = new LinkedHashMap<>();
    coverage.put("decisions", inWindow);
    coverage.put("replayed", replayed);
    coverage.put("undecidable", undecidable);
    coverage.put("undecidable_by", undecidableBy);
    coverage.put("skipped", skipped);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("coverage", coverage);
    json.put("verdicts", verdicts.toJson());
    json.put("effects", effects.toJson());
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    byLabel.forEach((label, matrix) -> labels.put(label, matrix.toJson()));
    json.put("by_label", labels);
    json.put("rules", hits);
    if (money != null) {
      json.put("money", money.toJson());
    }
    json.put("examples", examples);
    json.put("same_policy", Map.of("decisions", samePolicy, "different", samePolicyDiffers));
    json.put("decide_nanos", times());
    return json;
  }

  private Map<String, @Nullable Object> times() {
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(timed, TIMES_KEPT));
    Arrays.sort(sorted);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (sorted.length > 0) {
      json.put("p50", sorted[sorted.length / 2]);
      json.put("p99", sorted[sorted.length * 99 / 100]);
    }
    return json;
  }

  long wouldStop() {
    return effects.wouldBe(Effect.STOP.wire()) + effects.wouldBe(Effect.WAIT_FOR_APPROVAL.wire());
  }
}
