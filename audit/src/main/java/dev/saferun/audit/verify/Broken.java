package dev.saferun.audit.verify;

/** The first place at which an export is not what was logged. */
final class Broken extends RuntimeException {

  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what, null, false, false);
  }
}
