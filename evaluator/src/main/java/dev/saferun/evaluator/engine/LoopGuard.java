package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a run that goes round in circles or uses up its budgets. A call is known by its
 * fingerprint; calls that differ in any argument are different, so a batch over many items is no
 * loop. Time and memory are bounded by the length of the window, {@link RunState#RECENT_MAX}.
 */
final class LoopGuard {

  private static final String SOURCE = "loop-guard";

  private final LoopGuardSettings settings;

  LoopGuard(LoopGuardSettings settings) {
    this.settings = settings;
  }

  /**
   * What the run looks like with this call.
   *
   * @param repeat how often this very call stands in a row, itself included
   * @param cyclePeriod the shortest circle that the latest calls form, 0 for none
   * @param cycleRepeats how often it was gone through
   * @param calls checked calls including this one
   * @param toolCalls the same for this tool
   * @param sums each budget's sum including this call
   */
  record Finding(
      String tool,
      int repeat,
      int cyclePeriod,
      int cycleRepeats,
      long calls,
      long toolCalls,
      Map<String, Double> sums) {}

  Finding look(Check check, RunState before) {
    long fingerprint = Fingerprint.of(check);
    List<Long> recent = before.recent();
    int repeat = repeat(fingerprint, recent);
    int period = 0;
    int repeats = 0;
    for (int candidate = 2; candidate <= settings.cycle().periodMax() && repeat == 1; candidate++) {
      int found = cycleRepeats(fingerprint, recent, candidate);
      if (found > 1) {
        period = candidate;
        repeats = found;
        break;
      }
    }
    return new Finding(
        check.tool(),
        repeat,
        period,
        repeats,
        before.calls() + 1,
        before.callsByTool().getOrDefault(check.tool(), 0L) + 1,
        sums(check, before));
  }

  private static int repeat(long fingerprint, List<Long> recent) {
    int repeat = 1;
    while (repeat <= recent.size() && recent.get(repeat - 1) == fingerprint) {
      repeat++;
    }
    return repeat;
  }

  /** How many whole circles of this period end with the call; the call itself is at position 0. */
  private static int cycleRepeats(long fingerprint, List<Long> recent, int period) {
    int matching = 0;
    while (matching + period <= recent.size()
        && at(fingerprint, recent, matching) == recent.get(matching + period - 1)) {
      matching++;
    }
    return (matching + period) / period;
  }

  private static long at(long fingerprint, List<Long> recent, int position) {
    return position == 0 ? fingerprint : recent.get(position - 1);
  }

  private Map<String, Double> sums(Check check, RunState before) {
    Map<String, Double> sums = before.sums();
    for (LoopGuardSettings.SumBudget budget : settings.budgets().sums()) {
      Double amount = matches(budget, check.tool()) ? number(check, budget.argument()) : null;
      if (amount != null) {
        sums = new HashMap<>(sums);
        sums.merge(budget.name(), amount, Double::sum);
      }
    }
    return sums;
  }

  private static boolean matches(LoopGuardSettings.SumBudget budget, String tool) {
    return new ToolPattern(budget.tool()).matches(tool);
  }

  private static @Nullable Double number(Check check, String pointer) {
    Object value = check.arguments();
    for (String escaped : pointer.substring(1).split("/", -1)) {
      String segment = escaped.replace("~1", "/").replace("~0", "~");
      value = value instanceof Map<?, ?> object ? object.get(segment) : null;
    }
    return value instanceof Number number ? number.doubleValue() : null;
  }

  /** Adds what speaks against the call, in a fixed order. */
  void addReasons(Finding finding, List<Reason> reasons) {
    addLimit(
        reasons,
        Reason.Kind.LOOP_REPEAT,
        finding.repeat,
        settings.repeat().flagAt(),
        settings.repeat().denyAt(),
        "The same call with the same arguments is made again and again.",
        Map.of("repeat", (long) finding.repeat));
    addLimit(
        reasons,
        Reason.Kind.LOOP_CYCLE,
        finding.cycleRepeats,
        settings.cycle().flagAt(),
        settings.cycle().denyAt(),
        "The same few calls are made in a circle.",
        Map.of("period", (long) finding.cyclePeriod, "repeats", (long) finding.cycleRepeats));
    settings.budgets().callsMax().ifPresent(max -> addBudget(reasons, "calls", finding.calls, max));
    Long toolMax = settings.budgets().callsByToolMax().get(finding.tool);
    if (toolMax != null) {
      addBudget(reasons, "calls_by_tool", finding.toolCalls, toolMax);
    }
    for (LoopGuardSettings.SumBudget budget : settings.budgets().sums()) {
      double sum = finding.sums.getOrDefault(budget.name(), 0.0);
      if (matches(budget, finding.tool) && sum > budget.max()) {
        reasons.add(budget("sum:" + budget.name(), sum, budget.max()));
      }
    }
  }

  private static void addLimit(
      List<Reason> reasons,
      Reason.Kind kind,
      int count,
      int flagAt,
      int denyAt,
      String message,
      Map<String, Long> details) {
    boolean deny = denyAt > 0 && count >= denyAt;
    boolean flag = flagAt > 0 && count >= flagAt;
    if (deny || flag) {
      reasons.add(
          new Reason(
              kind,
              SOURCE,
              0,
              deny ? Verdict.DENY : Verdict.FLAG,
              message,
              new HashMap<>(details)));
    }
  }

  private static void addBudget(List<Reason> reasons, String name, long used, long max) {
    if (used > max) {
      reasons.add(budget(name, used, max));
    }
  }

  private static Reason budget(String name, Object used, Object max) {
    return new Reason(
        Reason.Kind.BUDGET,
        SOURCE,
        0,
        Verdict.DENY,
        "A budget of this run is used up.",
        Map.of("budget", name, "used", used, "max", max));
  }

  /** Every checked call counts as a call; only one that may run adds to the sums. */
  RunState after(Check check, RunState before, Effect effect) {
    List<Long> recent = new ArrayList<>(Math.min(before.recent().size() + 1, RunState.RECENT_MAX));
    recent.add(Fingerprint.of(check));
    recent.addAll(
        before.recent().subList(0, Math.min(before.recent().size(), RunState.RECENT_MAX - 1)));
    Map<String, Long> byTool = new HashMap<>(before.callsByTool());
    byTool.merge(check.tool(), 1L, Long::sum);
    boolean mayRun = effect == Effect.PROCEED || effect == Effect.PROCEED_WITH_WARNING;
    Map<String, Double> sums = mayRun ? sums(check, before) : before.sums();
    return new RunState(before.whole(), before.calls() + 1, byTool, sums, recent);
  }
}
