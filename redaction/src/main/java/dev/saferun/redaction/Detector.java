package dev.saferun.redaction;

import java.util.Locale;

/**
 * A kind of value that is recognised wherever it stands, without a path that names it. Where two
 * claim the same characters, the one that stands first here has them.
 */
public enum Detector {
  /** A payment card number: 12 to 19 digits of an issuer's range whose check digit is right. */
  CARD_NUMBER,
  /**
   * A credential that shows by its form (a vendor's key, a JSON Web Token, a private key) or by
   * what stands before it ({@code password=}, {@code Bearer}, {@code user:password@} in an
   * address).
   */
  SECRET,
  /** An account number of ISO 13616: a country's length and the remainder by 97. */
  IBAN,
  /** A Social Security number of the United States, written 3-2-4 or named before its digits. */
  US_SSN,
  /** A person's number at another authority, told by its check digits, its form or its name. */
  NATIONAL_ID,
  /** An e-mail address. */
  EMAIL,
  /** A telephone number: international, of a known national form, or named as one. */
  PHONE,
  /** An address of IP version 4 or 6 that is not the machine's own. */
  IP,
  /** A date behind words that say that somebody was born then. */
  DATE_OF_BIRTH;

  /** The class of what it finds, as tokens and the list of what was done name it. */
  public String dataClass() {
    return name().toLowerCase(Locale.ROOT);
  }
}
