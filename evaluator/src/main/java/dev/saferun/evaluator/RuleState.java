package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import java.util.Locale;

/**
 * How far a rule version is in force in one environment. The environment's mode is above it: in a
 * mode that only warns, a blocking rule warns.
 */
public enum RuleState {
  /** In force nowhere: it decides nothing and is no part of a snapshot. */
  DRAFT,
  /** Decides in silence: what it would have said is kept with the frame and counted. */
  SHADOW,
  /** Speaks, but never stops a call. */
  WARN,
  /** Speaks with all that its verdict stands for. */
  BLOCK;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode that is left of an environment's for a rule in this state. */
  Mode within(Mode mode) {
    return switch (this) {
      case DRAFT, SHADOW -> Mode.LOG;
      case WARN -> mode == Mode.BLOCK ? Mode.WARN : mode;
      case BLOCK -> mode;
    };
  }
}
