package dev.saferun.audit.format;

import java.util.Locale;

/**
 * A dotted code, such as {@code data-key.rotated}.
 *
 * @param text as it stands in the event
 * @param key by which the table of classes knows it
 * @param verb its last word
 */
record Code(String text, String key, String verb) {

  static Code of(String text) {
    String key = text.toLowerCase(Locale.ROOT).replace('_', '-');
    return new Code(text, key, key.substring(key.lastIndexOf('.') + 1));
  }

  /** For people: {@code data key rotated}. */
  String words() {
    return key.replace('.', ' ').replace('-', ' ');
  }
}
