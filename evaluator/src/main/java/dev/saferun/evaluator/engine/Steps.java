package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Limits;

/**
 * The step budget of one evaluation: everything that a rule reads from the request is charged here.
 * An element of a loop is charged as much as the longest text read so far, because the loop's body
 * may look through that text again. Belongs to one thread.
 */
final class Steps {

  private long left = Limits.STEPS_MAX;
  private int longest;

  void restart() {
    left = Limits.STEPS_MAX;
    longest = 0;
  }

  /** One value was read. */
  void read(Object value) {
    spend(costOf(value));
  }

  /** One value was read as an element of a list or a map that is gone through. */
  void next(Object value) {
    spend(Math.max(costOf(value), longest));
  }

  private int costOf(Object value) {
    if (!(value instanceof String text)) {
      return 1;
    }
    int cost = 1 + text.length() / Limits.CHARACTERS_PER_STEP;
    longest = Math.max(longest, cost);
    return cost;
  }

  private void spend(int steps) {
    left -= steps;
    if (left < 0) {
      throw new RuleFailure(RuleError.COST_EXCEEDED);
    }
  }
}
