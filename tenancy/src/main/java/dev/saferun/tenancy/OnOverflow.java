package dev.saferun.tenancy;

import java.util.Locale;

/**
 * What a check is answered when its frame cannot be made durable (the journal is full, the disk is
 * full).
 */
public enum OnOverflow {
  /** The call must not run: what cannot be recorded does not happen. */
  STOP,
  /** The call is decided as ever, and the answer says that it was not recorded. */
  PROCEED_UNRECORDED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
