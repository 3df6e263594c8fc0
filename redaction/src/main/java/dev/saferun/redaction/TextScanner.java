package dev.saferun.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what must not be kept: as it stands, with its escapes undone, within base64, and
 * by an organization's own patterns. The time is linear in the length, whatever the text.
 */
final class TextScanner {

  /** A part of a text, from {@code start} to before {@code end}, and the class of what it is. */
  record Finding(String dataClass, int start, int end) {

    /** Whether it must not be a name either, since nothing else could be kept in its place. */
    boolean isSecret() {
      return dataClass.equals(Detector.SECRET.dataClass())
          || dataClass.equals(Detector.CARD_NUMBER.dataClass());
    }
  }

  /** Nothing shorter is found, which spares most names and many values: {@code a@b.eu}. */
  private static final int LENGTH_MIN = 6;

  /** How often base64 may lie within base64. */
  private static final int LEVELS = 2;

  private static final String BETWEEN = ": ";

  private TextScanner() {}

  /** All findings of the built-in detectors in order; they do not overlap. */
  static List<Finding> find(String text) {
    return find(text, LEVELS);
  }

  /**
   * All findings in order; an organization's own holds where it is longer than what it overlaps.
   */
  static List<Finding> find(String text, CustomPatterns custom) {
    return Findings.withCustom(find(text), custom.find(text));
  }

  /**
   * All findings in the value of a member, whose name may say what the value is: {@code "ssn":
   * "123456789"}.
   */
  static List<Finding> find(String text, String memberName, CustomPatterns custom) {
    if (!KeyNames.isTelling(memberName)) {
      return find(text, custom);
    }
    String line = memberName + BETWEEN;
    List<Finding> inLine = moved(find(line + text, LEVELS), line.length());
    return Findings.withCustom(Findings.united(find(text), inLine), custom.find(text));
  }

  /** Findings behind a place, counted from there. */
  private static List<Finding> moved(List<Finding> findings, int by) {
    return findings.stream()
        .filter(finding -> finding.start() >= by)
        .map(found -> new Finding(found.dataClass(), found.start() - by, found.end() - by))
        .toList();
  }

  /**
   * The class of a number that is a card or, by two check digits, a person's; null for any other.
   */
  static @Nullable String findInNumber(String digits) {
    if (CardNumbers.is(digits)) {
      return Detector.CARD_NUMBER.dataClass();
    }
    return PersonNumbers.isOne(digits) ? Detector.NATIONAL_ID.dataClass() : null;
  }

  /** The same for the value of a member, whose name may say what the number is. */
  static @Nullable String findInNumber(String digits, String memberName) {
    String known = findInNumber(digits);
    if (known != null || !KeyNames.isTelling(memberName)) {
      return known;
    }
    List<Finding> findings = find(digits, memberName, CustomPatterns.NONE);
    boolean isWhole =
        findings.size() == 1
            && findings.getFirst().start() == 0
            && findings.getFirst().end() == digits.length();
    return isWhole ? findings.getFirst().dataClass() : null;
  }

  static List<Finding> find(String text, int levels) {
    if (text.length() < LENGTH_MIN) {
      return List.of();
    }
    List<Finding> found = asItStands(text, levels);
    Escapes escapes = Escapes.undone(text);
    return escapes == null
        ? found
        : Findings.united(found, escapes.back(asItStands(escapes.plain(), levels)));
  }

  private static List<Finding> asItStands(String text, int levels) {
    byte[] bytes = Ascii.of(text);
    return Findings.united(DirectScan.find(text, bytes), EncodedRuns.find(bytes, levels));
  }

  static @Nullable Finding finding(Detector detector, long span) {
    return span == Span.NOTHING
        ? null
        : new Finding(detector.dataClass(), Span.start(span), Span.end(span));
  }
}
