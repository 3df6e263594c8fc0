package dev.saferun.evaluator.analysis;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.Redecision;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.analysis.Expectation.Finding;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules with all their strength, tried on recorded calls: what each of them would do, whatever its
 * state is to be. Making one compiles the rules that the snapshot in force does not hold.
 */
public final class Trial {

  private final PolicySnapshot snapshot;

  private Trial(PolicySnapshot snapshot) {
    this.snapshot = snapshot;
  }

  public static Trial of(List<RuleVersion> rules, OnError onError, List<PolicySnapshot> known) {
    List<ActiveRule> blocking =
        rules.stream().map(rule -> ActiveRule.of(rule, RuleState.BLOCK)).toList();
    return new Trial(
        PolicySnapshot.of(
            new PolicyContent(Mode.BLOCK, onError, blocking, LoopGuardSettings.DEFAULT), known));
  }

  /** What one of the rules does with a call. */
  public Finding find(String rule, Recorded call) {
    Redecision made = snapshot.decideAgain(call);
    if (made.undecidable().stream().anyMatch(one -> one.source().equals(rule))) {
      return Finding.UNDECIDABLE;
    }
    return stopping(made).contains(rule) ? Finding.STOPPED : Finding.ALLOWED;
  }

  /** The rules that would hold the call up. */
  public Set<String> stopping(Recorded call) {
    return stopping(snapshot.decideAgain(call));
  }

  /** The loop guard is no rule: what it says is left out. */
  private static Set<String> stopping(Redecision made) {
    return made.decision().reasons().stream()
        .filter(reason -> reason.state() != null)
        .filter(reason -> reason.verdict().compareTo(Verdict.ESCALATE) >= 0)
        .map(Reason::source)
        .collect(Collectors.toSet());
  }
}
