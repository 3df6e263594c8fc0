package dev.saferun.replay;

import dev.saferun.tenancy.EnvironmentSettings;

/**
 * Told when an environment begins to lose records and when it keeps them again; the appliance
 * audits it. Called on the data plane: it must hand the work on and return at once.
 */
@FunctionalInterface
public interface OverflowListener {

  /** The one change, not each record: {@code began} with the kind of the first refusal. */
  void changed(EnvironmentSettings environment, boolean began, Kind kind);

  /** Why a record was not kept. */
  enum Kind {
    /** The journal reached a bound. */
    FULL,
    /** The disk has no space. */
    DISK_FULL,
    /** The disk refused. */
    FAILED,
    /** This one record is larger than a record may be. */
    TOO_LARGE,
    /** The appliance is going down. */
    CLOSED,
    /** Something must be sealed, and the organization's key cannot be had now. */
    NO_KEY
  }
}
