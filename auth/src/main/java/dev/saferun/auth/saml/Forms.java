package dev.saferun.auth.saml;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the values of attributes are written. */
final class Forms {

  /** UTC, by the core specification (1.3.3); finer than nanoseconds does not come. */
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");

  private static final Map<String, Predicate<String>> FORMS =
      Map.of(
          "ID", Forms::isIdentifier,
          "Id", Forms::isIdentifier,
          "InResponseTo", Forms::isIdentifier,
          "IssueInstant", Forms::isTime,
          "NotBefore", Forms::isTime,
          "NotOnOrAfter", Forms::isTime,
          "AuthnInstant", Forms::isTime,
          "SessionNotOnOrAfter", Forms::isTime);

  private Forms() {}

  static boolean fits(String attribute, String value) {
    return FORMS.getOrDefault(attribute, any -> true).test(value);
  }

  static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  private static boolean isTime(String text) {
    return time(text) != null;
  }

  /** Null for what is no time. */
  static @Nullable Instant time(@Nullable String text) {
    if (text == null || !TIME.matcher(text).matches()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException odd) {
      return null;
    }
  }
}
