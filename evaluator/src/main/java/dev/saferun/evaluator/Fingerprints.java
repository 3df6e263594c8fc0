package dev.saferun.evaluator;

import java.nio.charset.StandardCharsets;

/**
 * Fingerprints as they stand in a frame: sixteen letters from a to p each, one a hex digit. JSON
 * has no 64-bit numbers, and a text without digits is never taken for a card or a phone.
 */
public final class Fingerprints {

  private static final int LETTERS = 16;

  private Fingerprints() {}

  /** One after the other, without anything between them. */
  public static String text(long... fingerprints) {
    byte[] letters = new byte[fingerprints.length * LETTERS];
    int at = 0;
    for (long fingerprint : fingerprints) {
      for (int shift = 60; shift >= 0; shift -= 4) {
        letters[at++] = (byte) ('a' + ((fingerprint >>> shift) & 0xF));
      }
    }
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  public static long[] array(String text) {
    if (text.length() % LETTERS != 0) {
      throw new IllegalArgumentException("fingerprints have sixteen letters each");
    }
    long[] fingerprints = new long[text.length() / LETTERS];
    for (int i = 0; i < fingerprints.length; i++) {
      fingerprints[i] = one(text, i * LETTERS);
    }
    return fingerprints;
  }

  private static long one(String text, int start) {
    long fingerprint = 0;
    for (int at = start; at < start + LETTERS; at++) {
      int digit = text.charAt(at) - 'a';
      if (digit < 0 || digit > 0xF) {
        throw new IllegalArgumentException("a fingerprint has letters from a to p");
      }
      fingerprint = fingerprint << 4 | digit;
    }
    return fingerprint;
  }
}
