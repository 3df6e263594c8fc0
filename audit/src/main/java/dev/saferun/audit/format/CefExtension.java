package dev.saferun.audit.format;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The pairs at the end of a CEF line. A value beyond its key's length is cut. */
final class CefExtension {

  /** Of a custom text; the other custom fields hold numbers and addresses, which are shorter. */
  private static final int CUSTOM_CHARACTERS_MAX = 4000;

  private final StringJoiner pairs = new StringJoiner(" ");

  CefExtension with(String key, @Nullable String value, int charactersMax) {
    if (value != null) {
      pairs.add(key + "=" + CefText.value(value, charactersMax));
    }
    return this;
  }

  /** A field of no fixed meaning, together with the label that gives it one. */
  CefExtension custom(String key, String label, @Nullable String value) {
    return value == null
        ? this
        : with(key + "Label", label, 1023).with(key, value, CUSTOM_CHARACTERS_MAX);
  }

  String text() {
    return pairs.toString();
  }
}
