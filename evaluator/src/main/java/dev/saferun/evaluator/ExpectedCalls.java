package dev.saferun.evaluator;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** How many calls a day a model would let reach a threshold, were the next days as the last. */
final class ExpectedCalls {

  /** Each is a hundredth of a score wide; the last one has the score 1, too. */
  static final int BINS = 100;

  /** Scores have six digits, so a bin's lower edge is in that bin and not below. */
  private static final double SCORES_IN_A_BIN = 1e4;

  private static final double SCORES = 1e6;

  private final List<RecentTraffic.Call> calls;
  private final double[] scores;

  ExpectedCalls(RecentTraffic traffic, IntentModel model) {
    this.calls = traffic.calls();
    this.scores = calls.stream().mapToDouble(call -> model.score(call.features())).toArray();
  }

  /** Calls a day at or above a threshold. */
  double reached(double threshold) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += scores[i] >= threshold ? calls.get(i).standsFor() : 0;
    }
    return sum;
  }

  /** Calls a day by the verdict of the thresholds in force. */
  Map<String, @Nullable Object> verdicts() {
    Map<Verdict, Double> sums = new EnumMap<>(Verdict.class);
    for (int i = 0; i < scores.length; i++) {
      RecentTraffic.Call call = calls.get(i);
      sums.merge(call.thresholds().verdict(scores[i]), call.standsFor(), Double::sum);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (Verdict verdict : List.of(Verdict.FLAG, Verdict.ESCALATE, Verdict.DENY)) {
      json.put(verdict.wire(), sums.getOrDefault(verdict, 0.0));
    }
    return json;
  }

  /** Calls a day in each hundredth of a score: those of a threshold are the sum from it on. */
  List<Double> bins() {
    double[] bins = new double[BINS];
    for (int i = 0; i < scores.length; i++) {
      int bin = (int) (Math.rint(scores[i] * SCORES) / SCORES_IN_A_BIN);
      bins[Math.min(bin, BINS - 1)] += calls.get(i).standsFor();
    }
    return DoubleStream.of(bins).boxed().toList();
  }
}
