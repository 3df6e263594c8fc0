package dev.saferun.evaluator.loops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.loops.Rules.Rule;
import dev.saferun.evaluator.loops.Trace.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The loop guard and the rules of others on the same traces. A small number of them runs with the
 * other tests; {@code make loops} runs many and prints the table.
 */
class LoopTracesTest {

  private static final int WASTED_MAX = 3;
  private static final double STOPPED_MIN = .95;
  private static final double STOPPED_MIN_OF_ALL = .90;
  private static final double FALSE_STOPS_MAX = .005;

  private static final int PER_FAMILY = Integer.getInteger("saferun.loops.traces", 100);
  private static final int RECORDED_MAX = Integer.getInteger("saferun.loops.recorded", 500);
  private static final long SEED = 20261123;

  /** How one rule did on one family. */
  private static final class Score {
    int traces;
    int good;
    long wasted;
  }

  private static final Map<String, Function<Trace, Rule>> RULES = rules();

  private static Map<String, Function<Trace, Rule>> rules() {
    Map<String, Function<Trace, Rule>> rules = new LinkedHashMap<>();
    rules.put("SafeRun", trace -> Rules.ours(trace, true, true));
    rules.put("undeclared", trace -> Rules.ours(trace, false, true));
    rules.put("denied only", trace -> Rules.ours(trace, true, false));
    rules.put("OpenHands", trace -> Rules.openHands());
    rules.put("Gemini CLI", trace -> Rules.geminiCli());
    rules.put("LangGraph", trace -> Rules.langGraph());
    return rules;
  }

  @Test
  void loopsAreStoppedAndBatchesAreNot() throws IOException {
    Map<String, Map<String, Score>> table = new LinkedHashMap<>();
    MeasuredTraces.each(PER_FAMILY, SEED, trace -> score(trace, table));
    boolean recorded = RecordedTraces.each(RECORDED_MAX, trace -> score(trace, table));
    if (!recorded) {
      System.err.println("SKIPPED: dev.jsonl.gz is not in shared/data nor SAFERUN_SHARED_DATA");
    }
    print(table);

    Map<String, Map<String, Score>> known = new LinkedHashMap<>(table);
    known.remove(MeasuredTraces.THINKING);
    known.remove(RecordedTraces.REPEATING);
    assertThat(share(known, "SafeRun", "loop")).isGreaterThanOrEqualTo(STOPPED_MIN);
    assertThat(share(table, "SafeRun", "loop"))
        .as("the family with thoughts in between is stopped, but too late")
        .isGreaterThanOrEqualTo(STOPPED_MIN_OF_ALL);
    assertThat(1 - share(table, "SafeRun", "batch")).isLessThanOrEqualTo(FALSE_STOPS_MAX);
    assertThat(1 - share(table, "SafeRun", "pagination")).isLessThanOrEqualTo(FALSE_STOPS_MAX);
    assertThat(1 - share(table, "SafeRun", "other")).isLessThanOrEqualTo(FALSE_STOPS_MAX);
    assertThat(1 - share(table, "SafeRun", "polling")).isZero();
    if (recorded) {
      assertThat(1 - share(known, "SafeRun", "recorded")).isLessThanOrEqualTo(FALSE_STOPS_MAX);
    }
  }

  @Test
  void theTracesForTuningAreJudgedAsWell() {
    Map<String, Map<String, Score>> table = new LinkedHashMap<>();
    TuningTraces.each(PER_FAMILY, SEED + 1, trace -> score(trace, table));
    print(table);
    assertThat(share(table, "SafeRun", "loop")).isGreaterThanOrEqualTo(STOPPED_MIN);
    assertThat(1 - share(table, "SafeRun", "batch")).isLessThanOrEqualTo(FALSE_STOPS_MAX);
  }

  private static void score(Trace trace, Map<String, Map<String, Score>> table) {
    Map<String, Score> row = table.computeIfAbsent(trace.family(), family -> scores());
    RULES.forEach((name, rule) -> score(trace, rule.apply(trace), of(row, name)));
  }

  private static Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    RULES.keySet().forEach(name -> scores.put(name, new Score()));
    return scores;
  }

  private static Score of(Map<String, Score> row, String rule) {
    return Objects.requireNonNull(row.get(rule));
  }

  private static void score(Trace trace, Rule rule, Score score) {
    int stoppedAt = stoppedAt(trace.steps(), rule);
    score.traces++;
    if (!trace.isLoop()) {
      score.good += stoppedAt < 0 ? 1 : 0;
      return;
    }
    int ran = (stoppedAt < 0 ? trace.steps().size() : stoppedAt) - trace.wastedFrom();
    score.wasted += Math.max(0, ran);
    score.good += ran >= 0 && ran <= WASTED_MAX ? 1 : 0;
  }

  /** The place of the first call that may not run; calls of one turn end after all were asked. */
  private static int stoppedAt(List<Step> steps, Rule rule) {
    List<Step> open = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (!open.isEmpty() && open.getLast().turn() != steps.get(i).turn()) {
        open.forEach(rule::ended);
        open.clear();
      }
      if (rule.stops(steps.get(i))) {
        return i;
      }
      open.add(steps.get(i));
    }
    return -1;
  }

  private static double share(Map<String, Map<String, Score>> table, String rule, String families) {
    int traces = 0;
    int good = 0;
    for (Map.Entry<String, Map<String, Score>> row : table.entrySet()) {
      if (row.getKey().startsWith(families)) {
        Score score = of(row.getValue(), rule);
        traces += score.traces;
        good += score.good;
      }
    }
    return traces == 0 ? Double.NaN : (double) good / traces;
  }

  private static void print(Map<String, Map<String, Score>> table) {
    System.out.printf("%-34s%7s", "", "traces");
    RULES.keySet().forEach(name -> System.out.printf("%13s", name));
    System.out.println();
    System.out.println("loops stopped within " + WASTED_MAX + " wasted calls, % (wasted calls)");
    lines(table, family -> family.startsWith("loop"), true);
    System.out.println("runs that serve, stopped or held although they do, %");
    lines(table, family -> !family.startsWith("loop"), false);
  }

  private static void lines(
      Map<String, Map<String, Score>> table, Predicate<String> of, boolean loops) {
    List<String> groups = new ArrayList<>();
    table.forEach(
        (family, row) -> {
          if (of.test(family)) {
            line(family, row.values().iterator().next().traces, row, loops);
            String group = family.substring(0, family.indexOf(':'));
            if (!groups.contains(group)) {
              groups.add(group);
            }
          }
        });
    for (String group : groups) {
      System.out.printf("%-41s", "= all: " + group);
      for (String rule : RULES.keySet()) {
        double share = share(table, rule, group);
        System.out.printf("%13s", "%.2f".formatted(100 * (loops ? share : 1 - share)));
      }
      System.out.println();
    }
  }

  private static void line(String family, int traces, Map<String, Score> row, boolean loops) {
    System.out.printf("  %-32s%7d", family, traces);
    for (Score score : row.values()) {
      double share = 100.0 * score.good / score.traces;
      System.out.printf(
          "%13s",
          loops
              ? "%.1f (%.1f)".formatted(share, (double) score.wasted / score.traces)
              : "%.2f".formatted(100 - share));
    }
    System.out.println();
  }
}
