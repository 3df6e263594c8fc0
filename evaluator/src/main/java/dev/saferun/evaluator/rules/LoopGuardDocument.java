package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.LoopGuardSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The loop guard's settings as they are written and read; a part that is left out has its default.
 */
public record LoopGuardDocument(
    @Nullable Repeat repeat, @Nullable Cycle cycle, @Nullable Budgets budgets) {

  /** See {@link LoopGuardSettings.Repeat}. */
  public record Repeat(int flagAt, int denyAt) {}

  /** See {@link LoopGuardSettings.Cycle}. */
  public record Cycle(int periodMax, int flagAt, int denyAt) {}

  /** See {@link LoopGuardSettings.Budgets}. */
  public record Budgets(
      @Nullable Long callsMax,
      @Nullable Map<String, Long> callsByToolMax,
      @Nullable List<Sum> sums) {}

  /** See {@link LoopGuardSettings.SumBudget}. */
  public record Sum(String name, String tool, String argument, double max) {}

  /** Refuses values that make no sense at once, so that the fault names its place. */
  public LoopGuardDocument {
    settings(repeat, cycle, budgets);
  }

  public LoopGuardSettings settings() {
    return settings(repeat, cycle, budgets);
  }

  public static LoopGuardDocument of(LoopGuardSettings settings) {
    LoopGuardSettings.Budgets budgets = settings.budgets();
    return new LoopGuardDocument(
        new Repeat(settings.repeat().flagAt(), settings.repeat().denyAt()),
        new Cycle(
            settings.cycle().periodMax(), settings.cycle().flagAt(), settings.cycle().denyAt()),
        new Budgets(
            budgets.callsMax().isPresent() ? budgets.callsMax().getAsLong() : null,
            budgets.callsByToolMax(),
            budgets.sums().stream()
                .map(sum -> new Sum(sum.name(), sum.tool(), sum.argument(), sum.max()))
                .toList()));
  }

  private static LoopGuardSettings settings(
      @Nullable Repeat repeat, @Nullable Cycle cycle, @Nullable Budgets budgets) {
    LoopGuardSettings defaults = LoopGuardSettings.DEFAULT;
    return new LoopGuardSettings(
        repeat == null
            ? defaults.repeat()
            : new LoopGuardSettings.Repeat(repeat.flagAt, repeat.denyAt),
        cycle == null
            ? defaults.cycle()
            : new LoopGuardSettings.Cycle(cycle.periodMax, cycle.flagAt, cycle.denyAt),
        budgets == null ? defaults.budgets() : budgets(budgets));
  }

  private static LoopGuardSettings.Budgets budgets(Budgets budgets) {
    List<Sum> sums = budgets.sums == null ? List.of() : budgets.sums;
    return new LoopGuardSettings.Budgets(
        budgets.callsMax == null ? OptionalLong.empty() : OptionalLong.of(budgets.callsMax),
        budgets.callsByToolMax == null ? Map.of() : budgets.callsByToolMax,
        sums.stream()
            .map(sum -> new LoopGuardSettings.SumBudget(sum.name, sum.tool, sum.argument, sum.max))
            .toList());
  }
}
