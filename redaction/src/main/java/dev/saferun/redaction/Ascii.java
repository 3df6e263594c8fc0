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

  static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(byte c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isHex(byte c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Characters of a text's scripts beyond ASCII are letters to a detector that asks for words. */
  static boolean isOther(byte c) {
    return c < 0;
  }

  /** The byte at a place, 0 outside of the text. */
  static byte at(byte[] text, int index) {
    return index >= 0 && index < text.length ? text[index] : 0;
  }

  static byte lower(byte c) {
    return isUpper(c) ? (byte) (c | ' ') : c;
  }

  /** A part as a text; all of it must be ASCII to come back the same. */
  static String text(byte[] text, int start, int end) {
    return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
