package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import java.util.List;

/**
 * A recorded call decided again, as far as what was kept tells.
 *
 * @param decision what all that is decidable gives; with nothing undecidable it is the decision
 * @param undecidable what needs a value that redaction took
 */
public record Redecision(Decision decision, List<Undecidable> undecidable) {

  public Redecision {
    undecidable = List.copyOf(undecidable);
  }

  /**
   * A rule, or the loop guard, that cannot be decided any more.
   *
   * @param version 0 for the loop guard
   * @param state the rule's state; a guard's is {@link RuleState#BLOCK}
   * @param atMost the strongest verdict that it could have stood for
   */
  public record Undecidable(String source, int version, RuleState state, Verdict atMost) {

    Effect effect(Mode mode) {
      return Effect.of(atMost, state.within(mode));
    }
  }

  /** Whether the effect is the same whatever the undecidable would say. */
  public boolean isCertain() {
    return undecidable.stream()
        .allMatch(one -> one.effect(decision.mode()).compareTo(decision.effect()) <= 0);
  }
}
