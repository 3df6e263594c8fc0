package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what must not be kept, in one pass from left to right: each character is tested
 * once for whether anything can begin there, and only then is a detector asked. The time is linear
 * in the length, whatever the text.
 */
final class TextScanner {

  /** A part of a text, from {@code start} to before {@code end}. */
  record Finding(Detector detector, int start, int end) {}

  private TextScanner() {}

  /** All findings in order; they do not overlap. */
  static List<Finding> find(String text) {
    List<Finding> found = null;
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      Finding finding = null;
      if (c >= '0' && c <= '9') {
        int end = CardNumbers.endOfCard(text, at);
        if (end == at) {
          at = afterDigits(text, at);
          continue;
        }
        finding = new Finding(Detector.CARD_NUMBER, at, end);
      } else if (SecretForms.mayStart(c)) {
        finding = secret(text, at);
      }
      if (finding == null) {
        at++;
      } else {
        found = found == null ? new ArrayList<>() : found;
        found.add(finding);
        at = finding.end();
      }
    }
    return found == null ? List.of() : found;
  }

  private static @Nullable Finding secret(String text, int at) {
    long span = SecretForms.find(text, at);
    return span == SecretForms.NOTHING
        ? null
        : new Finding(Detector.SECRET, SecretForms.startOf(span), SecretForms.endOf(span));
  }

  private static int afterDigits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
