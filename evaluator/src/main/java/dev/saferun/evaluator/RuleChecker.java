package dev.saferun.evaluator;

import dev.saferun.evaluator.engine.Language;
import dev.saferun.evaluator.engine.ToolPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a rule when it is written, by the same compiler that a snapshot uses. */
public final class RuleChecker {

  private RuleChecker() {}

  /**
   * The rule's faults, none if it can be taken: syntax, types, unknown fields, cost, tool globs.
   */
  public static List<RuleFault> check(RuleVersion rule) {
    List<RuleFault> faults = new ArrayList<>(Language.check(rule.condition()));
    if (rule.verdict() == Verdict.ALLOW) {
      faults.add(elsewhere("the verdict must be flag, escalate or deny"));
    }
    if (rule.message().isBlank() || rule.message().length() > Limits.MESSAGE_CHARACTERS_MAX) {
      faults.add(
          elsewhere("the message must have 1 to " + Limits.MESSAGE_CHARACTERS_MAX + " characters"));
    }
    if (rule.tools().size() > Limits.TOOLS_MAX) {
      faults.add(elsewhere("a rule names at most " + Limits.TOOLS_MAX + " tools"));
    }
    rule.tools().stream()
        .map(ToolPattern::faultOf)
        .flatMap(Optional::stream)
        .map(RuleChecker::elsewhere)
        .forEach(faults::add);
    return List.copyOf(faults);
  }

  private static RuleFault elsewhere(String message) {
    return new RuleFault(0, 0, message);
  }
}
