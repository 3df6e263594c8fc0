package dev.saferun.redaction;

import java.util.Locale;

/** A kind of value that is recognised wherever it stands, without a path that names it. */
public enum Detector {
  /** A payment card number: 12 to 19 digits of an issuer's range whose check digit is right. */
  CARD_NUMBER,
  /** A credential that shows by its form: a known key prefix, a bearer header, a private key. */
  SECRET;

  /** The class of what it finds, as tokens and the list of what was done name it. */
  public String dataClass() {
    return name().toLowerCase(Locale.ROOT);
  }
}
