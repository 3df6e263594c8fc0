package dev.saferun.audit.format;

import java.util.Optional;
import java.util.StringJoiner;

/** The pairs at the end of a CEF line. A value beyond its key's length is cut. */
final class CefExtension {

  /** Of a custom text; the other custom fields hold numbers and addresses, which are shorter. */
  private static final int CUSTOM_CHARACTERS_MAX = 4000;

  private final StringJoiner pairs = new StringJoiner(" ");

  CefExtension with(String key, String value, int charactersMax) {
    pairs.add(key + "=" + CefText.value(value, charactersMax));
    return this;
  }

  CefExtension with(String key, Optional<String> value, int charactersMax) {
    value.ifPresent(text -> with(key, text, charactersMax));
    return this;
  }

  /** A field of no fixed meaning, together with the label that gives it one. */
  CefExtension custom(String key, String label, Optional<String> value) {
    value.ifPresent(
        text -> {
          with(key + "Label", label, 1023);
          with(key, text, CUSTOM_CHARACTERS_MAX);
        });
    return this;
  }

  String text() {
    return pairs.toString();
  }
}
