package dev.saferun.evaluator;

import java.util.List;

/**
 * A rule with faults was put into a policy. It was checked when it was written, so this means that
 * it was written under another version of the engine or past the check.
 */
public final class UnusableRuleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String rule;
  private final transient List<RuleFault> faults;

  public UnusableRuleException(String rule, List<RuleFault> faults) {
    super("a rule of the policy cannot be compiled");
    this.rule = rule;
    this.faults = List.copyOf(faults);
  }

  /** The rule's name. */
  public String rule() {
    return rule;
  }

  public List<RuleFault> faults() {
    return faults;
  }
}
