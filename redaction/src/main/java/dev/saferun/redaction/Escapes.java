package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with its escapes undone, and for each character the place where it stood: those of
 * addresses, a percent sign and two digits, and those of JSON, a backslash and a mark or {@code u}
 * and four digits. Undone are single bytes of ASCII; all else stays as it is.
 */
final class Escapes {

  private final StringBuilder plain;
  private final int[] places;

  private Escapes(int length) {
    plain = new StringBuilder(length);
    places = new int[length + 1];
  }

  /** The text without escapes, or null when it has none. */
  static @Nullable Escapes undone(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('\\') < 0) {
      return null;
    }
    Escapes escapes = new Escapes(text.length());
    int at = 0;
    boolean any = false;
    while (at < text.length()) {
      int length = lengthAt(text, at);
      any |= length > 1;
      escapes.put(length == 1 ? text.charAt(at) : meaning(text, at, length), at);
      at += length;
    }
    escapes.places[escapes.plain.length()] = text.length();
    return any ? escapes : null;
  }

  private void put(char c, int place) {
    places[plain.length()] = place;
    plain.append(c);
  }

  String plain() {
    return plain.toString();
  }

  /** Findings in the plain text, as they stand in the original. */
  List<TextScanner.Finding> back(List<TextScanner.Finding> findings) {
    List<TextScanner.Finding> back = new ArrayList<>(findings.size());
    for (TextScanner.Finding finding : findings) {
      back.add(
          new TextScanner.Finding(
              finding.dataClass(), places[finding.start()], places[finding.end()]));
    }
    return back;
  }

  private static int lengthAt(String text, int at) {
    char c = text.charAt(at);
    if (c == '%') {
      int value = hex(text, at + 1, 2);
      return value >= 0 && value < 0x80 ? 3 : 1;
    }
    if (c != '\\' || at + 1 >= text.length()) {
      return 1;
    }
    if (text.charAt(at + 1) == 'u') {
      int value = hex(text, at + 2, 4);
      return value >= 0 && value < 0x80 ? 6 : 1;
    }
    return "\"\\/ntr".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
  }

  private static char meaning(String text, int at, int length) {
    return switch (length) {
      case 3 -> (char) hex(text, at + 1, 2);
      case 6 -> (char) hex(text, at + 2, 4);
      default ->
          switch (text.charAt(at + 1)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> text.charAt(at + 1);
          };
    };
  }

  /** The value of some hexadecimal digits, -1 where others stand. */
  private static int hex(String text, int from, int count) {
    if (from + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
