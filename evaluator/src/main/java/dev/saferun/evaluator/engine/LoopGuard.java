package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings.Detector;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.LoopGuardSettings.Thresholds;
import dev.saferun.evaluator.LoopGuardSettings.ToolSettings;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision.Undecidable;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.WindowUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by its settings. While there is nothing to say nothing is allocated: a reason and
 * its details are made when there is one.
 */
final class LoopGuard {

  /** The source that the guard's reasons name. */
  static final String SOURCE = "loop-guard";

  /** Repeats and rounds whose results always differ must be so many times as many. */
  static final int CHANGING_FACTOR = 5;

  private static final ToolSettings NOTHING_OWN = new ToolSettings(Set.of(), Optional.empty());

  private final LoopGuardSettings settings;
  private final Map<String, List<SumMeter>> metersByTool;
  private final Map<String, ArgumentPath> growingByTool;
  private final int[] exemptFromNoProgress;
  private final WindowJudge windows;

  LoopGuard(LoopGuardSettings settings) {
    this.settings = settings;
    Map<String, List<SumMeter>> meters = new HashMap<>();
    for (SumBudget budget : settings.budgets().sums()) {
      meters.computeIfAbsent(budget.tool(), tool -> new ArrayList<>()).add(SumMeter.of(budget));
    }
    this.metersByTool = Map.copyOf(meters);
    Map<String, ArgumentPath> growing = new HashMap<>();
    settings
        .tools()
        .forEach(
            (tool, own) ->
                own.grows().ifPresent(argument -> growing.put(tool, ArgumentPath.of(argument))));
    this.growingByTool = Map.copyOf(growing);
    this.exemptFromNoProgress =
        settings.tools().entrySet().stream()
            .filter(tool -> tool.getValue().exempt().contains(Detector.NO_PROGRESS))
            .mapToInt(tool -> Fingerprint.ofTool(tool.getKey()))
            .toArray();
    this.windows = new WindowJudge(settings.windows());
  }

  int periodMax() {
    return settings.cycle().periodMax();
  }

  /** Whether calls of the tool say nothing about progress. */
  boolean isExempt(int tool) {
    for (int exempt : exemptFromNoProgress) {
      if (exempt == tool) {
        return true;
      }
    }
    return false;
  }

  /** The value of the argument that is declared to grow, where it did; else NaN. */
  double growth(Check check, RunState before) {
    ArgumentPath argument = growingByTool.isEmpty() ? null : growingByTool.get(check.tool());
    if (argument == null) {
      return Double.NaN;
    }
    double value = argument.number(check);
    Double last = before.grown().get(check.tool());
    return last == null || value > last ? value : Double.NaN;
  }

  List<RunProgress.Spending> spent(Check check) {
    List<SumMeter> meters = metersByTool.isEmpty() ? null : metersByTool.get(check.tool());
    return meters == null ? List.of() : meters.stream().map(meter -> meter.read(check)).toList();
  }

  /** The guard itself, where an argument that it looks at was taken by redaction. */
  Optional<Undecidable> undecidable(Check check) {
    List<SumMeter> meters = metersByTool.getOrDefault(check.tool(), List.of());
    ArgumentPath growing = growingByTool.get(check.tool());
    boolean unknown =
        meters.stream().anyMatch(meter -> meter.argument().isUnknown(check))
            || (growing != null && growing.isUnknown(check));
    return unknown
        ? Optional.of(new Undecidable(SOURCE, 0, RuleState.BLOCK, Verdict.DENY))
        : Optional.empty();
  }

  List<WindowUse> uses(Check check) {
    return windows.uses(check);
  }

  /** True where the run is to be stopped if this call is. */
  boolean judge(RunProgress run, Reasons reasons) {
    ToolSettings own = settings.tools().getOrDefault(run.tool(), NOTHING_OWN);
    boolean isLoop = judgeLoops(run, own.exempt(), reasons);
    judgeStopped(run, reasons);
    judgeCalls(run, reasons);
    for (RunProgress.Spending spending : run.spent()) {
      judgeSum(run, spending, reasons);
    }
    windows.judge(run.before().windows(), reasons);
    return isLoop && settings.stopRun();
  }

  private boolean judgeLoops(RunProgress run, Set<Detector> exempt, Reasons reasons) {
    boolean isLoop = false;
    if (!run.grew()) {
      isLoop |= !exempt.contains(Detector.REPEAT) && judgeRepeat(run, reasons);
      isLoop |= !exempt.contains(Detector.CYCLE) && judgeCycle(run, reasons);
      // Where all of it is one call again and again, that has been said already.
      boolean isMore = run.noProgress() > run.repeat() || exempt.contains(Detector.REPEAT);
      isLoop |= isMore && !exempt.contains(Detector.NO_PROGRESS) && judgeNoProgress(run, reasons);
    }
    isLoop |= !exempt.contains(Detector.ERROR) && judgeErrors(run, reasons);
    return isLoop;
  }

  private boolean judgeRepeat(RunProgress run, Reasons reasons) {
    Thresholds limits = settings.repeat();
    if (run.repeat() < limits.flagAt()) {
      return false;
    }
    Verdict verdict =
        run.repeat() >= CHANGING_FACTOR * limits.denyAt()
            ? Verdict.DENY
            : limits.verdict(run.steadyRepeat());
    if (verdict == Verdict.ALLOW) {
      return false;
    }
    Map<String, @Nullable Object> details = details("repeat", run.repeat(), limits);
    details.put("same_result", (long) run.steadyRepeat());
    reasons.add(
        guard(
            Reason.Kind.LOOP_REPEAT,
            verdict,
            "The same call with the same arguments came again and again.",
            details));
    return verdict == Verdict.DENY;
  }

  private boolean judgeCycle(RunProgress run, Reasons reasons) {
    Thresholds limits = settings.cycle().rounds();
    int rounds = run.cycle().rounds();
    if (rounds < limits.flagAt()) {
      return false;
    }
    Verdict verdict =
        rounds >= CHANGING_FACTOR * limits.denyAt()
            ? Verdict.DENY
            : limits.verdict(run.cycle().steadyRounds());
    if (verdict == Verdict.ALLOW) {
      return false;
    }
    Map<String, @Nullable Object> details = details("rounds", rounds, limits);
    details.put("period", (long) run.cycle().period());
    reasons.add(
        guard(
            Reason.Kind.LOOP_CYCLE,
            verdict,
            "The same few calls came again and again in a circle.",
            details));
    return verdict == Verdict.DENY;
  }

  private boolean judgeNoProgress(RunProgress run, Reasons reasons) {
    return judge(
        Reason.Kind.LOOP_NO_PROGRESS,
        settings.noProgress(),
        run.noProgress(),
        "Call after call told nothing new.",
        reasons);
  }

  private boolean judgeErrors(RunProgress run, Reasons reasons) {
    return judge(
        Reason.Kind.LOOP_ERROR,
        settings.error(),
        run.errors(),
        "The tool failed with the same error again and again.",
        reasons);
  }

  private static boolean judge(
      Reason.Kind kind, Thresholds limits, int count, String message, Reasons reasons) {
    Verdict verdict = limits.verdict(count);
    if (verdict == Verdict.ALLOW) {
      return false;
    }
    reasons.add(guard(kind, verdict, message, details("count", count, limits)));
    return verdict == Verdict.DENY;
  }

  /** Not while the switch is off: so a person lets a run go on. */
  private void judgeStopped(RunProgress run, Reasons reasons) {
    long stoppedAt = run.before().stoppedAt();
    if (stoppedAt > 0 && settings.stopRun()) {
      reasons.add(
          guard(
              Reason.Kind.RUN_STOPPED,
              Verdict.DENY,
              "The run was stopped as a loop.",
              Map.of("stopped_at_frame", stoppedAt)));
    }
  }

  private void judgeCalls(RunProgress run, Reasons reasons) {
    LoopGuardSettings.Budgets budgets = settings.budgets();
    Verdict verdict = budgets.verdict(run.calls());
    if (verdict != Verdict.ALLOW) {
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put("calls", run.calls());
      budgets.callsMax().ifPresent(max -> details.put("calls_max", max));
      reasons.add(
          guard(
              Reason.Kind.BUDGET,
              verdict,
              verdict == Verdict.DENY
                  ? "The run has used up its calls."
                  : "The run has used up most of its calls.",
              details));
    }
    Long toolMax = budgets.callsByToolMax().get(run.tool());
    if (toolMax != null && run.toolCalls() > toolMax) {
      reasons.add(
          guard(
              Reason.Kind.BUDGET,
              Verdict.DENY,
              "The run has used up its calls of this tool.",
              Map.of("tool_calls", run.toolCalls(), "tool_calls_max", toolMax)));
    }
  }

  private static void judgeSum(RunProgress run, RunProgress.Spending spending, Reasons reasons) {
    if (run.sum(spending) > spending.meter().max()) {
      reasons.add(
          guard(
              Reason.Kind.BUDGET,
              Verdict.DENY,
              "The call would take the run over a budget.",
              Map.of(
                  "budget", spending.meter().name(),
                  "sum", run.sum(spending),
                  "max", spending.meter().max(),
                  "uncounted", run.uncounted(spending))));
    }
  }

  private static Map<String, @Nullable Object> details(String name, long count, Thresholds limits) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put(name, count);
    details.put("flag_at", (long) limits.flagAt());
    details.put("escalate_at", (long) limits.escalateAt());
    details.put("deny_at", (long) limits.denyAt());
    return details;
  }

  static Reason guard(
      Reason.Kind kind, Verdict verdict, String message, Map<String, @Nullable Object> details) {
    return new Reason(kind, SOURCE, verdict, message, details);
  }
}
