package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.Unknown;
import org.jspecify.annotations.Nullable;

/**
 * The step budget of one evaluation: everything that a rule reads from the request is charged here.
 * An element of a loop is charged as much as the longest text read so far, because the loop's body
 * may look through that text again. Belongs to one thread.
 */
final class Steps {

  private long left = Limits.STEPS_MAX;
  private int longest;
  private boolean metUnknown;

  void restart() {
    left = Limits.STEPS_MAX;
    longest = 0;
    metUnknown = false;
  }

  /** Whether the evaluation came upon a value that redaction took. */
  boolean metUnknown() {
    return metUnknown;
  }

  /** A part of the condition failed, which may yet be settled by another part. */
  void failed(RuleFailure failure) {
    metUnknown |= failure.error() == RuleError.UNKNOWN_VALUE;
  }

  /** One value was read. */
  @Nullable Object read(@Nullable Object value) {
    spend(costOf(value));
    return value;
  }

  /** One value was read as an element of a list or a map that is gone through. */
  @Nullable Object next(@Nullable Object value) {
    spend(Math.max(costOf(value), longest));
    return value;
  }

  /** A regular expression is about to be held against a text. */
  void search(String text) {
    spend(text.length());
  }

  private int costOf(@Nullable Object value) {
    if (!(value instanceof String text)) {
      if (value == Unknown.VALUE) {
        metUnknown = true;
        throw RuleFailure.of(RuleError.UNKNOWN_VALUE);
      }
      return 1;
    }
    int cost = 1 + text.length() / Limits.CHARACTERS_PER_STEP;
    longest = Math.max(longest, cost);
    return cost;
  }

  private void spend(int steps) {
    left -= steps;
    if (left < 0) {
      throw RuleFailure.of(RuleError.COST_EXCEEDED);
    }
  }
}
