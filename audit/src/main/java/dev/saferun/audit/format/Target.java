package dev.saferun.audit.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deed was done to.
 *
 * @param kind such as {@code key}; empty where the event does not say
 */
record Target(String kind, String id) {

  private static final Set<String> PEOPLE = Set.of("user", "person");

  /** Reads {@code kind:id}. */
  static Target of(String text) {
    int colon = text.indexOf(':');
    boolean isWhole = colon > 0 && colon < text.length() - 1;
    return isWhole
        ? new Target(text.substring(0, colon), text.substring(colon + 1))
        : new Target("", text);
  }

  @Nullable String kindOrNull() {
    return kind.isEmpty() ? null : kind;
  }

  boolean isPerson() {
    return PEOPLE.contains(kind);
  }
}
