package dev.saferun.evaluator;

import java.util.Locale;

/**
 * What the evaluator found, from the weakest to the strongest; the strongest of all reasons wins.
 */
public enum Verdict {
  /** Nothing speaks against the call. */
  ALLOW,
  /** Worth a look; the call is not held up. */
  FLAG,
  /** A person must approve. */
  ESCALATE,
  /** The call must not run. */
  DENY;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
