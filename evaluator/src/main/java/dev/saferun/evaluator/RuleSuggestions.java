package dev.saferun.evaluator;

import dev.saferun.evaluator.analysis.Candidate;
import dev.saferun.evaluator.analysis.Induction;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds rules that stop a recorded call: conditions from its signals, from where its values came
 * from, and from what is different in calls of the same tool that were let through; ranked by what
 * each would have stopped. Every one of them is held against the calls by the engine that decides
 * live ones.
 */
public final class RuleSuggestions {

  private static final int SUGGESTIONS_MAX = 10;

  private RuleSuggestions() {}

  /** A recorded call of the same tool. */
  public record Other(Recorded call, boolean bad) {}

  /**
   * The best rules, the best first: those that stop the fewest good calls, then the most bad ones.
   *
   * @param arguments JSON Pointers of the arguments to look at; all where there are none
   */
  public static List<RuleSuggestion> of(Recorded call, Set<String> arguments, List<Other> others) {
    List<RuleSuggestion> found = new ArrayList<>();
    for (Candidate candidate : new Induction(call, arguments, others).candidates()) {
      judge(candidate, call, others).ifPresent(found::add);
    }
    found.sort(
        Comparator.comparingInt(RuleSuggestion::good)
            .thenComparing(Comparator.comparingInt(RuleSuggestion::bad).reversed())
            .thenComparingInt(RuleSuggestion::undecidable)
            .thenComparingInt(suggestion -> suggestion.condition().length()));
    return List.copyOf(found.subList(0, Math.min(SUGGESTIONS_MAX, found.size())));
  }

  /** Empty where it cannot be a rule, or does not stop the call. */
  private static Optional<RuleSuggestion> judge(
      Candidate candidate, Recorded call, List<Other> others) {
    RuleVersion rule =
        new RuleVersion(
            new UUID(0, 0),
            "suggestion",
            1,
            candidate.condition(),
            Verdict.DENY,
            candidate.sentence(),
            List.of(call.check().tool()),
            Optional.empty());
    if (!RuleChecker.check(rule).isEmpty()) {
      return Optional.empty();
    }
    PolicySnapshot policy =
        PolicySnapshot.of(
            new PolicyContent(
                Mode.BLOCK,
                OnError.ESCALATE,
                List.of(ActiveRule.of(rule, RuleState.BLOCK)),
                LoopGuardSettings.DEFAULT,
                IntentSettings.STANDARD));
    if (!speaks(policy.decideAgain(call))) {
      return Optional.empty();
    }
    int bad = 0;
    int good = 0;
    int undecidable = 0;
    for (Other other : others) {
      Redecision again = policy.decideAgain(other.call());
      if (speaks(again)) {
        bad += other.bad() ? 1 : 0;
        good += other.bad() ? 0 : 1;
      } else if (!again.undecidable().isEmpty()) {
        undecidable++;
      }
    }
    return Optional.of(
        new RuleSuggestion(candidate.condition(), candidate.sentence(), bad, good, undecidable));
  }

  private static boolean speaks(Redecision again) {
    return again.decision().reasons().stream()
        .anyMatch(reason -> reason.kind() == Reason.Kind.RULE);
  }
}
