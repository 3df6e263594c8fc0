package dev.saferun.evaluator.analysis;

import dev.saferun.platform.ProblemException;

/** What a rule must do with a call that is pinned to it. */
public enum Expectation {
  /** The call must not run without somebody's approval. */
  MUST_STOP,
  /** The rule must not hold the call up; it may flag it. */
  MUST_ALLOW;

  public String wire() {
    return ProblemException.kebab(this).replace('-', '_');
  }

  /** What cannot be decided any more is not as it must be: nobody knows. */
  public boolean isMetBy(Finding found) {
    return switch (found) {
      case STOPPED -> this == MUST_STOP;
      case ALLOWED -> this == MUST_ALLOW;
      case UNDECIDABLE -> false;
    };
  }

  /** What a rule does with a recorded call, decided again. */
  public enum Finding {
    STOPPED,
    ALLOWED,
    /** The call is gone, or redaction took what the rule needs. */
    UNDECIDABLE;

    public String wire() {
      return ProblemException.kebab(this);
    }
  }
}
