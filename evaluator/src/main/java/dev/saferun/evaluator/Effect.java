package dev.saferun.evaluator;

import dev.saferun.tenancy.Mode;
import java.util.Locale;

/** What the caller must do. */
public enum Effect {
  PROCEED,
  PROCEED_WITH_WARNING,
  WAIT_FOR_APPROVAL,
  STOP;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The effect of a verdict under a mode: {@code log} never shows, {@code warn} never stops. */
  public static Effect of(Verdict verdict, Mode mode) {
    return switch (mode) {
      case LOG -> PROCEED;
      case WARN -> verdict == Verdict.ALLOW ? PROCEED : PROCEED_WITH_WARNING;
      case BLOCK ->
          switch (verdict) {
            case ALLOW -> PROCEED;
            case FLAG -> PROCEED_WITH_WARNING;
            case ESCALATE -> WAIT_FOR_APPROVAL;
            case DENY -> STOP;
          };
    };
  }
}
