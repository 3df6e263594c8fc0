package dev.saferun.evaluator.engine;

import static java.util.Objects.requireNonNull;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.NamedCall;
import dev.saferun.evaluator.RecentCalls;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's state with one more call: what the guard judges and what rules read as {@code run}. One
 * thread uses it again for its next decision.
 */
final class RunProgress {

  private @Nullable RunState before;
  private @Nullable String tool;
  private final NamedCall call = new NamedCall();
  private int repeat;
  private Cycle cycle = Cycle.NONE;
  private int noProgress;
  private int errors;
  private double growth;
  private List<Spending> spent = List.of();

  /**
   * What one call adds to one budget.
   *
   * @param counted false where the argument is missing, is not a number or is negative
   */
  record Spending(SumMeter meter, double amount, boolean counted) {}

  void begin(Check check, RunState state, LoopGuard guard) {
    call.take(check);
    go(check, state, guard);
  }

  void begin(Recorded recorded, LoopGuard guard) {
    call.take(recorded.fingerprint());
    go(recorded.check(), recorded.before(), guard);
  }

  private void go(Check check, RunState state, LoopGuard guard) {
    RecentCalls recent = state.recent();
    before = state;
    tool = check.tool();
    repeat = Streaks.repeat(call.call(), recent);
    cycle = Cycle.of(call.call(), recent, guard.periodMax());
    noProgress = Streaks.noProgress(call, recent, guard);
    errors = Streaks.errors(call, recent);
    growth = guard.growth(check, state);
    spent = guard.spent(check);
  }

  /** Lets go of the call. */
  void end() {
    before = null;
    tool = null;
    cycle = Cycle.NONE;
    spent = List.of();
  }

  RunState before() {
    return requireNonNull(before);
  }

  String tool() {
    return requireNonNull(tool);
  }

  /** How many times in a row the same call came, this one included. */
  int repeat() {
    return repeat;
  }

  Cycle cycle() {
    return cycle;
  }

  /** How many calls in a row told nothing new, this one included. */
  int noProgress() {
    return noProgress;
  }

  /** How many calls of the tool in a row failed with one error, this one included. */
  int errors() {
    return errors;
  }

  /** What the call adds to each sum budget of its tool. */
  List<Spending> spent() {
    return spent;
  }

  long calls() {
    return before().calls() + 1;
  }

  long toolCalls() {
    return before().callsByTool().of(tool()) + 1;
  }

  Map<String, Long> callsByTool() {
    return before().callsByTool().with(tool()).toMap();
  }

  boolean grew() {
    return !Double.isNaN(growth);
  }

  int steadyRepeat() {
    return Streaks.steadyRepeat(repeat, before().recent());
  }

  double sum(Spending spending) {
    double sum = before().sums().getOrDefault(spending.meter.name(), 0.0) + spending.amount;
    return Math.min(sum, Double.MAX_VALUE);
  }

  long uncounted(Spending spending) {
    long uncounted = before().uncounted().getOrDefault(spending.meter.name(), 0L);
    return spending.counted ? uncounted : uncounted + 1;
  }

  Map<String, Double> sums() {
    Map<String, Double> sums = before().sums();
    for (Spending spending : spent) {
      if (spending.counted) {
        sums = with(sums, spending.meter.name(), sum(spending));
      }
    }
    return sums;
  }

  private Map<String, Long> uncounted() {
    Map<String, Long> uncounted = before().uncounted();
    for (Spending spending : spent) {
      if (!spending.counted) {
        uncounted = with(uncounted, spending.meter.name(), uncounted(spending));
      }
    }
    return uncounted;
  }

  private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
    Map<String, T> after = new HashMap<>(map);
    after.put(name, value);
    return after;
  }

  /**
   * The state for the next call; a stopped call spent nothing.
   *
   * @param isLoop whether stopping this call stops the run
   */
  RunState after(Effect effect, boolean isLoop) {
    boolean stopped = effect == Effect.STOP;
    boolean keptBack = stopped || effect == Effect.WAIT_FOR_APPROVAL;
    return before()
        .after(
            tool(),
            before().recent().with(call.fingerprint(), before().frame(), grew(), keptBack),
            new RunState.Change(
                stopped ? before().sums() : sums(),
                stopped ? before().uncounted() : uncounted(),
                grew() && !stopped ? with(before().grown(), tool(), growth) : before().grown(),
                stopped && isLoop && before().stoppedAt() == 0
                    ? before().frame()
                    : before().stoppedAt()));
  }
}
