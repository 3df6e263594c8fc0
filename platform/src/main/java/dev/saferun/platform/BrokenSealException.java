package dev.saferun.platform;

/** Sealed bytes are not what was once sealed, or not with this key, or not for this place. */
public final class BrokenSealException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is known of why it does not open. */
  public enum Reason {
    /** These are not sealed bytes of a format that this version knows. */
    FORMAT("these are no sealed bytes of a known format"),
    /** They name another key. */
    OTHER_KEY("these bytes were sealed with another key"),
    /** A bit of them or of the associated data is another than it was; which, nobody can tell. */
    ALTERED("these bytes or what they were sealed for were altered");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  public BrokenSealException(Reason reason) {
    super(reason.text);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
