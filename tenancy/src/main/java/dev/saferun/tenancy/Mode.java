package dev.saferun.tenancy;

import java.util.Locale;

/** How an environment enforces verdicts. */
public enum Mode {
  /** Record the verdict only; every call proceeds. */
  LOG,
  /** A verdict against the call is answered with a warning; the call proceeds. */
  WARN,
  /** A denied call must not run. */
  BLOCK;

  /** The name in the API, in files and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
