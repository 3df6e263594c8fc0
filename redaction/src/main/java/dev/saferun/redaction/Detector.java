package dev.saferun.redaction;

/** A kind of value that is recognised wherever it stands, without a path that names it. */
public enum Detector {
  /** A payment card number: 12 to 19 digits of an issuer's range whose check digit is right. */
  CARD_NUMBER,
  /** A credential that shows by its form: a known key prefix, a bearer header, a private key. */
  SECRET
}
