package dev.saferun.evaluator.analysis;

import dev.saferun.platform.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Something to look at before a rule is put in force. It may be as it is meant to be.
 *
 * @param other the rule that it is about too
 * @param detail one sentence for a person
 */
public record Hint(Kind kind, String rule, int version, @Nullable String other, String detail) {

  /** What there is to look at. */
  public enum Kind {
    /** The condition is always true, or never. */
    CONSTANT,
    /** It would hold up every call. */
    STOPS_EVERYTHING,
    /** Another rule says the same of the same tools. */
    DUPLICATE,
    /** Wherever it speaks another rule speaks too, and at least as strongly. */
    SHADOWED,
    /** A call that one rule must allow is stopped by the other. */
    CONFLICT,
    /** It is in force, and spoke in none of the decisions that were counted. */
    NEVER_FIRES,
    /** A call that is pinned to it does not come out as it must. */
    PIN_FAILS;

    public String wire() {
      return ProblemException.kebab(this).replace('-', '_');
    }
  }
}
