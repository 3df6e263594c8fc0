package dev.saferun.tenancy;

import java.util.Locale;

/** What a rule that fails while it runs stands for. */
public enum OnError {
  /** The failing rule counts as a deny. */
  DENY,
  /** The failing rule asks for a person. */
  ESCALATE,
  /** The failure is recorded and decides nothing. */
  IGNORE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
