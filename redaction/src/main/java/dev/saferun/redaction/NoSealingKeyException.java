package dev.saferun.redaction;

/** Something must be sealed, and the organization's key cannot be had now. */
public final class NoSealingKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSealingKeyException() {
    super("the organization's data key is not in memory", null, false, false);
  }
}
