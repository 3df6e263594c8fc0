package dev.saferun.replay.approval;

import java.util.Locale;

/** Where an approval stands. */
public enum ApprovalState {
  /** Nobody has said anything yet. */
  PENDING,
  /** The agent may claim it, or has. */
  APPROVED,
  /** A person said no. */
  DENIED,
  /** Its time was over before it was claimed. Nobody spoke against the call. */
  EXPIRED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ApprovalState ofWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
