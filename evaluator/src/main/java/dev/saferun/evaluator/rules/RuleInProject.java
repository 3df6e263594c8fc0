package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import java.util.List;

/** A rule's newest version, and what of the rule each environment has in force. */
public record RuleInProject(StoredRule newest, List<InEnvironment> inForce) {

  public RuleInProject {
    inForce = List.copyOf(inForce);
  }

  /** A version in one environment; those where the rule is a draft are left out. */
  public record InEnvironment(String environment, int version, RuleState state) {}
}
