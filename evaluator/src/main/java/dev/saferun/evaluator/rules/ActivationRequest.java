package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import java.util.List;
import java.util.Optional;

/** What somebody asks to be in force in an environment from now on. */
public record ActivationRequest(String comment, List<Wanted> rules, Grounds grounds) {

  public ActivationRequest {
    rules = List.copyOf(rules);
  }

  /** A rule in a version, the newest where none is named. */
  public record Wanted(String rule, Optional<Integer> version, RuleState state) {}
}
