package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision.Undecidable;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a run by its settings: repeats, circles and budgets. */
final class LoopGuard {

  /** The source that the guard's reasons name. */
  static final String SOURCE = "loop-guard";

  private final LoopGuardSettings settings;
  private final Map<String, List<SumMeter>> metersByTool;

  LoopGuard(LoopGuardSettings settings) {
    this.settings = settings;
    Map<String, List<SumMeter>> meters = new HashMap<>();
    for (SumBudget budget : settings.budgets().sums()) {
      meters.computeIfAbsent(budget.tool(), tool -> new ArrayList<>()).add(SumMeter.of(budget));
    }
    this.metersByTool = Map.copyOf(meters);
  }

  int periodMax() {
    return settings.cycle().periodMax();
  }

  List<RunProgress.Spending> spent(Check check) {
    List<SumMeter> meters = metersByTool.get(check.tool());
    return meters == null ? List.of() : meters.stream().map(meter -> meter.read(check)).toList();
  }

  /** The guard itself, where a sum that it looks at was taken by redaction. */
  Optional<Undecidable> undecidable(Check check) {
    List<SumMeter> meters = metersByTool.getOrDefault(check.tool(), List.of());
    return meters.stream().anyMatch(meter -> meter.isUnknown(check))
        ? Optional.of(new Undecidable(SOURCE, 0, RuleState.BLOCK, Verdict.DENY))
        : Optional.empty();
  }

  void judge(RunProgress run, Reasons reasons) {
    judgeRepeat(run, reasons);
    judgeCycle(run, reasons);
    judgeCalls(run, reasons);
    for (RunProgress.Spending spending : run.spent()) {
      judgeSum(run, spending, reasons);
    }
  }

  private void judgeRepeat(RunProgress run, Reasons reasons) {
    LoopGuardSettings.Repeat limits = settings.repeat();
    if (run.repeat() >= limits.flagAt()) {
      reasons.add(
          guard(
              Reason.Kind.LOOP_REPEAT,
              run.repeat() >= limits.denyAt() ? Verdict.DENY : Verdict.FLAG,
              "The same call with the same arguments came again and again.",
              Map.of(
                  "repeat", (long) run.repeat(),
                  "flag_at", (long) limits.flagAt(),
                  "deny_at", (long) limits.denyAt())));
    }
  }

  private void judgeCycle(RunProgress run, Reasons reasons) {
    LoopGuardSettings.Cycle limits = settings.cycle();
    int rounds = run.cycle().rounds();
    if (rounds >= limits.flagAt()) {
      reasons.add(
          guard(
              Reason.Kind.LOOP_CYCLE,
              rounds >= limits.denyAt() ? Verdict.DENY : Verdict.FLAG,
              "The same few calls came again and again in a circle.",
              Map.of(
                  "period", (long) run.cycle().period(),
                  "rounds", (long) rounds,
                  "flag_at", (long) limits.flagAt(),
                  "deny_at", (long) limits.denyAt())));
    }
  }

  private void judgeCalls(RunProgress run, Reasons reasons) {
    LoopGuardSettings.Budgets budgets = settings.budgets();
    if (budgets.callsMax().isPresent() && run.calls() > budgets.callsMax().getAsLong()) {
      reasons.add(
          budget(
              "The run has used up its calls.",
              Map.of("calls", run.calls(), "calls_max", budgets.callsMax().getAsLong())));
    }
    Long toolMax = budgets.callsByToolMax().get(run.tool());
    if (toolMax != null && run.toolCalls() > toolMax) {
      reasons.add(
          budget(
              "The run has used up its calls of this tool.",
              Map.of("tool_calls", run.toolCalls(), "tool_calls_max", toolMax)));
    }
  }

  private static void judgeSum(RunProgress run, RunProgress.Spending spending, Reasons reasons) {
    if (run.sum(spending) > spending.meter().max()) {
      reasons.add(
          budget(
              "The call would take the run over a budget.",
              Map.of(
                  "budget", spending.meter().name(),
                  "sum", run.sum(spending),
                  "max", spending.meter().max(),
                  "uncounted", run.uncounted(spending))));
    }
  }

  private static Reason budget(String message, Map<String, @Nullable Object> details) {
    return guard(Reason.Kind.BUDGET, Verdict.DENY, message, details);
  }

  private static Reason guard(
      Reason.Kind kind, Verdict verdict, String message, Map<String, @Nullable Object> details) {
    return new Reason(kind, SOURCE, verdict, message, details);
  }
}
