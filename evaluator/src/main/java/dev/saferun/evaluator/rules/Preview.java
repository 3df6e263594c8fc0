package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.analysis.Hint;
import dev.saferun.platform.ProblemException;
import java.util.List;

/**
 * What an activation would change, what to look at, and what it would be refused for.
 *
 * @param head the environment's last activation
 */
public record Preview(
    int head, List<RuleInForce> lines, List<Hint> hints, List<ProblemException> objections) {

  public Preview {
    lines = List.copyOf(lines);
    hints = List.copyOf(hints);
    objections = List.copyOf(objections);
  }
}
