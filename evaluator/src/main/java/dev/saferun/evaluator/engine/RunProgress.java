package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run's state with one more call: what the guard judges and what rules read as {@code run}.
 *
 * @param repeat how many times in a row the same call came, this one included
 * @param spent what the call adds to each sum budget of its tool
 */
record RunProgress(
    RunState before, String tool, long fingerprint, int repeat, Cycle cycle, List<Spending> spent) {

  /**
   * What one call adds to one budget.
   *
   * @param counted false where the argument is missing, is not a number or is negative
   */
  record Spending(SumMeter meter, double amount, boolean counted) {}

  static RunProgress of(Check check, long fingerprint, RunState before, LoopGuard guard) {
    return new RunProgress(
        before,
        check.tool(),
        fingerprint,
        repeat(fingerprint, before.recent()),
        Cycle.of(fingerprint, before.recent(), guard.periodMax()),
        guard.spent(check));
  }

  private static int repeat(long fingerprint, List<Long> recent) {
    int repeat = 1;
    while (repeat <= recent.size() && recent.get(repeat - 1) == fingerprint) {
      repeat++;
    }
    return repeat;
  }

  long calls() {
    return before.calls() + 1;
  }

  long toolCalls() {
    return before.callsByTool().getOrDefault(tool, 0L) + 1;
  }

  Map<String, Long> callsByTool() {
    return before.callsByToolAfter(tool);
  }

  double sum(Spending spending) {
    double sum = before.sums().getOrDefault(spending.meter.name(), 0.0) + spending.amount;
    return Math.min(sum, Double.MAX_VALUE);
  }

  long uncounted(Spending spending) {
    long uncounted = before.uncounted().getOrDefault(spending.meter.name(), 0L);
    return spending.counted ? uncounted : uncounted + 1;
  }

  Map<String, Double> sums() {
    if (spent.stream().noneMatch(Spending::counted)) {
      return before.sums();
    }
    Map<String, Double> sums = new HashMap<>(before.sums());
    spent.forEach(spending -> sums.put(spending.meter.name(), sum(spending)));
    return sums;
  }

  private Map<String, Long> uncounted() {
    if (spent.stream().allMatch(Spending::counted)) {
      return before.uncounted();
    }
    Map<String, Long> uncounted = new HashMap<>(before.uncounted());
    spent.stream()
        .filter(spending -> !spending.counted)
        .forEach(spending -> uncounted.put(spending.meter.name(), uncounted(spending)));
    return uncounted;
  }

  /** The state for the next call; a stopped call spent nothing. */
  RunState after(Effect effect) {
    boolean ran = effect != Effect.STOP;
    return before.after(
        tool, fingerprint, ran ? sums() : before.sums(), ran ? uncounted() : before.uncounted());
  }
}
