package dev.saferun.evaluator.analysis;

import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which rules would hold up every call. */
public final class Reach {

  /** Below it that all were stopped says nothing. */
  public static final int SAMPLE_MIN = 20;

  private Reach() {}

  /** Whether the text alone says so: always true, for every tool, and against the call. */
  public static boolean isEverything(RuleVersion rule) {
    return rule.verdict().compareTo(Verdict.ESCALATE) >= 0
        && (rule.tools().isEmpty() || rule.tools().contains("*"))
        && Shape.of(rule.condition()).constant().orElse(false);
  }

  /** The rules of a trial that hold up each call of a sample; none where it is too small. */
  public static Set<String> everyCallOf(List<Recorded> sample, Trial trial) {
    if (sample.size() < SAMPLE_MIN) {
      return Set.of();
    }
    Set<String> all = new HashSet<>(trial.stopping(sample.getFirst()));
    for (Recorded call : sample) {
      if (all.isEmpty()) {
        return Set.of();
      }
      all.retainAll(trial.stopping(call));
    }
    return all;
  }
}
