package dev.saferun.audit.note;

import java.util.Base64;

/** Base64 with one text for each value: what would decode to the same bytes is refused. */
final class Base64Text {

  private Base64Text() {}

  static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes, or an {@link IllegalArgumentException}. */
  static byte[] read(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!of(bytes).equals(text)) {
      throw new IllegalArgumentException("not the one base64 form");
    }
    return bytes;
  }
}
