package dev.saferun.auth.saml;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which demands are made: all of them, but for tests that show what one of them keeps out. */
final class Checks {

  static final Checks ALL = new Checks(EnumSet.allOf(SamlCheck.class));

  /** For metadata: people write comments into it, and its reader skips what it does not know. */
  static final Checks FOR_METADATA = without(SamlCheck.MARKUP);

  private final Set<SamlCheck> on;

  private Checks(Set<SamlCheck> on) {
    this.on = Collections.unmodifiableSet(on);
  }

  static Checks without(SamlCheck check, SamlCheck... more) {
    return new Checks(EnumSet.complementOf(EnumSet.of(check, more)));
  }

  boolean has(SamlCheck check) {
    return on.contains(check);
  }

  void demand(SamlCheck check, boolean holds) throws RefusedException {
    demand(check, holds, Map.of());
  }

  void demand(SamlCheck check, boolean holds, Map<String, String> values) throws RefusedException {
    if (!holds && has(check)) {
      throw new RefusedException(check, values);
    }
  }

  /** Demands one value, and tells both where it is another. */
  void demandSame(SamlCheck check, String expected, @Nullable String found)
      throws RefusedException {
    demand(check, expected.equals(found), values(expected, found));
  }

  private static Map<String, String> values(String expected, @Nullable String found) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("expected", expected);
    values.put("found", found == null ? "" : told(found));
    return values;
  }

  /** A stranger's text as it may be shown. */
  static String told(String found) {
    StringBuilder told = new StringBuilder();
    found
        .codePoints()
        .limit(SamlLimits.TOLD_CHARACTERS_MAX)
        .forEach(point -> told.appendCodePoint(isPrintable(point) ? point : '?'));
    return told.toString();
  }

  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
