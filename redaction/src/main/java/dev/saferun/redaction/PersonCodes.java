package dev.saferun.redaction;

/**
 * Persons' numbers with letters in them, recognised by form and check letter: Spanish DNI and NIE,
 * British National Insurance numbers, Italian codici fiscali, Finnish personal identity codes.
 */
final class PersonCodes {

  private static final String SPANISH_CHECK = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  private static final String FINNISH_CENTURIES = "+-ABCDEFYXWVU";
  private static final String INSURANCE_NEVER = "DFIQUV";
  private static final String INSURANCE_NEVER_TOGETHER = " BG GB NK KN TN NT ZZ ";
  private static final int ITALIAN_LENGTH = 16;

  /** Digits of an Italian code may be letters, where two persons would have the same. */
  private static final String ITALIAN_SUBSTITUTES = "LMNPQRSTUV";

  private static final String ITALIAN_MONTHS = "ABCDEHLMPRST";

  /** The values of 0 to 9, and of A to Z, at odd places; those at even places are their ranks. */
  private static final int[] ITALIAN_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private PersonCodes() {}

  /** The end of a code that begins with a letter; {@code start} when there is none. */
  static int endAtLetter(byte[] text, int start) {
    byte second = Ascii.at(text, start + 1);
    if (Ascii.isDigit(second) || second == '-') {
      return endOfForeigner(text, start);
    }
    if (!Ascii.isLetter(second)) {
      return start;
    }
    byte third = Ascii.at(text, start + 2);
    if (Ascii.isDigit(third) || (third == ' ' && Ascii.isDigit(Ascii.at(text, start + 3)))) {
      return endOfInsurance(text, start);
    }
    return Ascii.isLetter(third) ? endOfItalian(text, start) : start;
  }

  /** The end of a code that begins with a digit. */
  static int endAtDigit(byte[] text, int start) {
    int end = start;
    while (end < start + 9 && Ascii.isDigit(Ascii.at(text, end))) {
      end++;
    }
    return switch (end - start) {
      case 6 -> endOfFinnish(text, start);
      case 8 -> endOfSpanish(text, start, end, value(text, start, end));
      default -> start;
    };
  }

  private static int endOfForeigner(byte[] text, int start) {
    int first = "XYZ".indexOf(text[start] & ~' ');
    int from = Ascii.at(text, start + 1) == '-' ? start + 2 : start + 1;
    int end = from + 7;
    if (first < 0 || !areDigits(text, from, end)) {
      return start;
    }
    return endOfSpanish(text, start, end, first * 10_000_000 + value(text, from, end));
  }

  private static int endOfSpanish(byte[] text, int start, int digitsEnd, int value) {
    int letter = Ascii.at(text, digitsEnd) == '-' ? digitsEnd + 1 : digitsEnd;
    byte check = Ascii.at(text, letter);
    boolean fits =
        Ascii.isLetter(check) && SPANISH_CHECK.charAt(value % 23) == (check & ~' ') && value > 0;
    return fits ? wholeWord(text, start, letter + 1) : start;
  }

  /** Two letters, three pairs of digits with or without spaces, and A to D. */
  private static int endOfInsurance(byte[] text, int start) {
    String letters = Ascii.text(text, start, start + 2);
    if (!letters.chars().allMatch(c -> c >= 'A' && c <= 'Z' && INSURANCE_NEVER.indexOf(c) < 0)
        || letters.charAt(1) == 'O'
        || INSURANCE_NEVER_TOGETHER.contains(" " + letters + " ")) {
      return start;
    }
    int at = start + 2;
    for (int pair = 0; pair < 3; pair++) {
      at = Ascii.at(text, at) == ' ' ? at + 1 : at;
      if (!areDigits(text, at, at + 2)) {
        return start;
      }
      at += 2;
    }
    at = Ascii.at(text, at) == ' ' ? at + 1 : at;
    byte suffix = Ascii.at(text, at);
    return suffix >= 'A' && suffix <= 'D' ? wholeWord(text, start, at + 1) : start;
  }

  /** Day, month, year, a mark that tells the century, a number of the day, a check character. */
  private static int endOfFinnish(byte[] text, int start) {
    int end = start + 11;
    if (end > text.length
        || FINNISH_CENTURIES.indexOf(text[start + 6]) < 0
        || !areDigits(text, start + 7, start + 10)
        || !Calendar.isDay(value(text, start, start + 2), value(text, start + 2, start + 4))) {
      return start;
    }
    int value = value(text, start, start + 6) * 1000 + value(text, start + 7, start + 10);
    boolean fits = FINNISH_CHECK.charAt(value % 31) == text[end - 1];
    return fits ? wholeWord(text, start, end) : start;
  }

  private static int endOfItalian(byte[] text, int start) {
    int end = start + ITALIAN_LENGTH;
    if (end > text.length || ITALIAN_MONTHS.indexOf(upper(text[start + 8])) < 0) {
      return start;
    }
    int sum = 0;
    for (int i = 0; i < ITALIAN_LENGTH - 1; i++) {
      byte c = text[start + i];
      boolean isLetterPlace = i < 6 || i == 8 || i == 11;
      if (isLetterPlace ? !Ascii.isLetter(c) : !isItalianDigit(c)) {
        return start;
      }
      int rank = Ascii.isDigit(c) ? c - '0' : upper(c) - 'A';
      sum += i % 2 == 0 ? ITALIAN_ODD[rank] : rank;
    }
    return upper(text[end - 1]) == 'A' + sum % 26 ? wholeWord(text, start, end) : start;
  }

  private static boolean isItalianDigit(byte c) {
    return Ascii.isDigit(c) || (Ascii.isLetter(c) && ITALIAN_SUBSTITUTES.indexOf(upper(c)) >= 0);
  }

  private static int upper(byte c) {
    return Ascii.isLower(c) ? c & ~' ' : c;
  }

  private static int wholeWord(byte[] text, int start, int end) {
    return Ascii.isLetterOrDigit(Ascii.at(text, start - 1))
            || Ascii.isLetterOrDigit(Ascii.at(text, end))
        ? start
        : end;
  }

  private static boolean areDigits(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(Ascii.at(text, i))) {
        return false;
      }
    }
    return true;
  }

  private static int value(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + text[i] - '0';
    }
    return value;
  }
}
