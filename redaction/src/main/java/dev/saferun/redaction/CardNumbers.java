package dev.saferun.redaction;

/**
 * Tells payment card numbers from other long numbers: by the issuer's range and the lengths that
 * issuer uses (ISO/IEC 7812, as the card networks publish them), by the Luhn digit, and by the
 * groups they are printed in. One ordinary number of such a length in about thirty passes as a
 * card; the neighbours of the digits lower that for IBANs, UUIDs, hashes, fractions and phone
 * numbers. Texts are given as {@link Ascii} shows them.
 */
final class CardNumbers {

  static final int DIGITS_MIN = 12;
  static final int DIGITS_MAX = 19;

  /** Numbers whose first six digits lie between the two, and whose length is one of these. */
  private record Range(int from, int to, int lengthMin, int lengthMax) {}

  private static final Range[] RANGES = {
    new Range(400000, 499999, 13, 13), // Visa, old
    new Range(400000, 499999, 16, 16), // Visa
    new Range(400000, 499999, 19, 19), // Visa, long
    new Range(510000, 559999, 16, 16), // Mastercard
    new Range(222100, 272099, 16, 16), // Mastercard, second series
    new Range(340000, 349999, 15, 15), // American Express
    new Range(370000, 379999, 15, 15), // American Express
    new Range(300000, 305999, 14, 14), // Diners Club
    new Range(309500, 309599, 14, 14), // Diners Club
    new Range(360000, 369999, 14, 14), // Diners Club
    new Range(380000, 399999, 14, 14), // Diners Club
    new Range(601100, 601199, 16, 19), // Discover
    new Range(644000, 659999, 16, 19), // Discover
    new Range(622126, 622925, 16, 19), // UnionPay with Discover
    new Range(620000, 629999, 16, 19), // UnionPay
    new Range(352800, 358999, 16, 19), // JCB
    new Range(180000, 180099, 15, 15), // JCB, old
    new Range(213100, 213199, 15, 15), // JCB, old
    new Range(220000, 220499, 16, 19), // Mir
    new Range(501800, 501899, 12, 19), // Maestro
    new Range(502000, 502099, 12, 19), // Maestro
    new Range(503800, 503899, 12, 19), // Maestro
    new Range(589300, 589399, 12, 19), // Maestro
    new Range(630400, 630499, 12, 19), // Maestro
    new Range(675900, 675999, 12, 19), // Maestro
    new Range(676100, 676399, 12, 19), // Maestro
  };

  /** The groups that cards are printed in, one decimal digit a group. */
  private static final int[] SHAPES = {444, 464, 465, 4333, 4443, 4444, 44443};

  private static final int FIRST_GROUP = 4;

  private CardNumbers() {}

  /** Whether a whole number is a card number. */
  static boolean is(String digits) {
    return digits.length() >= DIGITS_MIN
        && digits.length() <= DIGITS_MAX
        && issued(Ascii.of(digits), 0, digits.length(), digits.length());
  }

  /**
   * The end of the card number that begins at {@code start}, where a run of digits begins; {@code
   * start} itself when there is none. It looks at a bounded number of characters.
   */
  static int endOfCard(byte[] text, int start) {
    int end = endOfDigits(text, start);
    int digits = end - start;
    if (digits >= DIGITS_MIN) {
      boolean card =
          digits <= DIGITS_MAX
              && standsAlone(text, start, end)
              && (issued(text, start, end, digits) || isNamed(text, start, end));
      return card ? end : start;
    }
    return digits == FIRST_GROUP ? endOfGroups(text, start, end) : start;
  }

  /** Where the digits end that begin at {@code start}, or one place past what a card can have. */
  private static int endOfDigits(byte[] text, int start) {
    int limit = Math.min(text.length, start + DIGITS_MAX + 1);
    int end = start;
    while (end < limit && Ascii.isDigit(text[end])) {
      end++;
    }
    return end;
  }

  private static int endOfGroups(byte[] text, int start, int firstEnd) {
    byte separator = Ascii.at(text, firstEnd);
    if ((separator != ' ' && separator != '-') || !opensGroups(text, start, separator)) {
      return start;
    }
    int best = start;
    int shape = FIRST_GROUP;
    int digits = FIRST_GROUP;
    int end = firstEnd;
    while (Ascii.at(text, end) == separator && Ascii.isDigit(Ascii.at(text, end + 1))) {
      int next = endOfDigits(text, end + 1);
      int group = next - end - 1;
      digits += group;
      if (group > 6 || digits > DIGITS_MAX) {
        return best;
      }
      shape = shape * 10 + group;
      end = next;
      if (isShape(shape)
          && !Ascii.isLetter(Ascii.at(text, end))
          && issued(text, start, end, digits)) {
        best = end;
      }
    }
    return best;
  }

  /** Behind the word card the check digit alone is enough: ranges are issued every year. */
  private static boolean isNamed(byte[] text, int start, int end) {
    return luhn(text, start, end) && Context.before(text, start) == Context.CARD;
  }

  private static boolean isShape(int shape) {
    for (int known : SHAPES) {
      if (known == shape) {
        return true;
      }
    }
    return false;
  }

  /** Letters on both sides are a hash or an id; a plus is a phone; a point, a fraction. */
  private static boolean standsAlone(byte[] text, int start, int end) {
    byte before = Ascii.at(text, start - 1);
    if (before == '+' || (before == '.' && Ascii.isDigit(Ascii.at(text, start - 2)))) {
      return false;
    }
    if (before == '-'
        && end - start == DIGITS_MIN
        && Ascii.isLetterOrDigit(Ascii.at(text, start - 2))) {
      return false; // The last group of a UUID.
    }
    return !(Ascii.isLetter(before) && Ascii.isLetter(Ascii.at(text, end)));
  }

  /** Groups that go on to the left are a UUID; an IBAN's first digits are two and no group. */
  private static boolean opensGroups(byte[] text, int start, byte separator) {
    byte before = Ascii.at(text, start - 1);
    boolean goesOn =
        separator == '-' && before == '-' && Ascii.isLetterOrDigit(Ascii.at(text, start - 2));
    return before != '+' && !goesOn;
  }

  private static boolean issued(byte[] text, int start, int end, int digits) {
    return luhn(text, start, end) && inRange(firstSix(text, start), digits);
  }

  private static boolean inRange(int firstSix, int digits) {
    for (Range range : RANGES) {
      if (firstSix >= range.from
          && firstSix <= range.to
          && digits >= range.lengthMin
          && digits <= range.lengthMax) {
        return true;
      }
    }
    return false;
  }

  private static int firstSix(byte[] text, int start) {
    int value = 0;
    int seen = 0;
    for (int i = start; seen < 6; i++) {
      byte c = text[i];
      if (Ascii.isDigit(c)) {
        value = value * 10 + (c - '0');
        seen++;
      }
    }
    return value;
  }

  /** The check digit of ISO/IEC 7812-1: from the right, every second digit counts double. */
  private static boolean luhn(byte[] text, int start, int end) {
    int sum = 0;
    boolean doubled = false;
    for (int i = end - 1; i >= start; i--) {
      byte c = text[i];
      if (Ascii.isDigit(c)) {
        int digit = (c - '0') << (doubled ? 1 : 0);
        sum += digit > 9 ? digit - 9 : digit;
        doubled = !doubled;
      }
    }
    return sum % 10 == 0;
  }
}
