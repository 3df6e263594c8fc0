package dev.saferun.audit.format;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must be escaped in CEF: not the same before the last bar and after it. */
final class CefText {

  /** What fits into a long, as receivers keep such a field. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{1,20})?");

  private CefText() {}

  /** A field of the header: it may hold an equals sign, and no line break in any form. */
  static String header(String text, int charactersMax) {
    return withoutControls(cut(text, charactersMax).replace("\\", "\\\\").replace("|", "\\|"));
  }

  /** A value: it may hold a bar, and a line break as {@code \n}. */
  static String value(String text, int charactersMax) {
    return withoutControls(
        cut(text, charactersMax)
            .replace("\\", "\\\\")
            .replace("=", "\\=")
            .replace("\n", "\\n")
            .replace("\r", "\\r"));
  }

  /** A number for a field that takes no text. */
  static @Nullable String whole(@Nullable String text) {
    return text != null && WHOLE.matcher(text).matches() ? text : null;
  }

  static @Nullable String decimal(@Nullable String text) {
    return text != null && DECIMAL.matcher(text).matches() ? text : null;
  }

  /** Cuts between characters: half of a surrogate pair would be no UTF-8. */
  private static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    boolean isWithinPair = Character.isHighSurrogate(text.charAt(charactersMax - 1));
    return text.substring(0, isWithinPair ? charactersMax - 1 : charactersMax);
  }

  private static String withoutControls(String text) {
    StringBuilder printable = new StringBuilder(text);
    for (int i = 0; i < printable.length(); i++) {
      if (Character.isISOControl(printable.charAt(i))) {
        printable.setCharAt(i, ' ');
      }
    }
    return printable.toString();
  }
}
