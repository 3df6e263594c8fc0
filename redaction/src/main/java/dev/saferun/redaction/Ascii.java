package dev.saferun.redaction;

import java.nio.charset.StandardCharsets;

/**
 * A text as the detectors look at it: one byte for each character, at the same index. What they
 * look for is ASCII; all other characters are bytes that are none of it, no matter which.
 */
final class Ascii {

  private Ascii() {}

  static byte[] of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length == text.length() ? bytes : eachCharacter(text);
  }

  /** For texts with surrogate pairs, which an encoder counts once. */
  private static byte[] eachCharacter(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      bytes[i] = c < 0x80 ? (byte) c : -1;
    }
    return bytes;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isLetterOrDigit(byte c) {
    return isLetter(c) || isDigit(c);
  }
}
