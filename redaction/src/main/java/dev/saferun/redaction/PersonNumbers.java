package dev.saferun.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Persons' numbers that are digits: each with the groups it is written in, its check, and whether
 * the digits alone are enough or words before them must say what they are. A check of one decimal
 * digit lets one ordinary number in ten pass, so numbers that have no more than that need words.
 */
final class PersonNumbers {

  private interface Check {
    boolean holds(DigitGroups number);
  }

  /**
   * @param shapes how it is written with marks between, a decimal digit a group; none for a number
   *     that has no such form
   * @param separators the marks that stand there
   * @param digits how many digits it has
   * @param words what words before it say, in place of the written form; none when a plain run of
   *     digits is enough
   * @param always whether the written form needs those words too
   */
  private record Form(
      Detector detector,
      List<Integer> shapes,
      String separators,
      int digits,
      List<Context> words,
      boolean always,
      Check check) {

    boolean fits(DigitGroups number, byte[] text, int start) {
      if (number.count() != digits || !(number.isOneRun() || isWritten(number))) {
        return false;
      }
      return check.holds(number) && isTold(number, text, start);
    }

    private boolean isWritten(DigitGroups number) {
      return separators.indexOf(number.separator()) >= 0 && shapes.contains(number.shape());
    }

    private boolean isTold(DigitGroups number, byte[] text, int start) {
      if (words.isEmpty() || (!always && !number.isOneRun() && number.separator() != ' ')) {
        return true;
      }
      Context context = Context.before(text, start);
      return context != null && words.contains(context);
    }
  }

  private static final Form[] FORMS = {
    new Form(
        Detector.US_SSN,
        List.of(324),
        "- .",
        9,
        List.of(Context.SSN),
        false,
        PersonNumbers::isSocialSecurity),
    new Form( // US ITIN
        Detector.NATIONAL_ID,
        List.of(324),
        "- ",
        9,
        List.of(Context.ITIN, Context.TAX, Context.SSN),
        false,
        PersonNumbers::isTaxpayer),
    new Form( // UK NHS
        Detector.NATIONAL_ID,
        List.of(334),
        " -",
        10,
        List.of(Context.NHS),
        true,
        PersonNumbers::isHealthService),
    new Form( // German Steuer-ID
        Detector.NATIONAL_ID,
        List.of(2333),
        " ",
        11,
        List.of(Context.TAX),
        true,
        number -> number.digit(0) != 0 && CheckDigits.mod11and10(number)),
    new Form( // Dutch BSN
        Detector.NATIONAL_ID,
        List.of(432, 333, 423),
        ". ",
        9,
        List.of(Context.BSN),
        true,
        PersonNumbers::isCitizenService),
    new Form( // Polish PESEL
        Detector.NATIONAL_ID, List.of(), "", 11, List.of(), false, PersonNumbers::isPesel),
    new Form( // Indian Aadhaar
        Detector.NATIONAL_ID,
        List.of(444),
        " -",
        12,
        List.of(Context.AADHAAR, Context.PERSON),
        true,
        number -> number.digit(0) > 1 && CheckDigits.verhoeff(number)),
    new Form( // Canadian SIN
        Detector.NATIONAL_ID,
        List.of(333),
        " -",
        9,
        List.of(Context.SIN),
        false,
        number -> number.digit(0) % 8 != 0 && CheckDigits.luhn(number, 0, 9)),
    new Form( // Swedish personnummer
        Detector.NATIONAL_ID,
        List.of(64),
        "-",
        10,
        List.of(Context.PERSON),
        false,
        number -> isSwedish(number, 0)),
    new Form(
        Detector.NATIONAL_ID,
        List.of(84),
        "-",
        12,
        List.of(Context.PERSON),
        false,
        number -> number.number(0, 2) / 2 >= 9 && number.digit(0) < 3 && isSwedish(number, 2)),
    new Form( // Brazilian CPF without its marks
        Detector.NATIONAL_ID,
        List.of(),
        "",
        11,
        List.of(Context.CPF, Context.TAX),
        true,
        PersonNumbers::isBrazilian),
    new Form( // French NIR
        Detector.NATIONAL_ID,
        List.of(1222332, 92),
        " ",
        15,
        List.of(),
        false,
        PersonNumbers::isFrench),
  };

  /** Written 3.3.3-2, which two different marks make plain enough. */
  private static final int BRAZILIAN_LENGTH = 14;

  private static final int FRENCH_DIGITS = 15;

  private PersonNumbers() {}

  /** What the number that begins at a place is, or null. */
  static @Nullable Detector of(byte[] text, int start, DigitGroups number) {
    if (number.count() < 9 || !number.standsAlone()) {
      return null;
    }
    for (Form form : FORMS) {
      if (form.fits(number, text, start)) {
        return form.detector;
      }
    }
    return null;
  }

  /** Whether digits that nothing explains are such a number: those with two check digits. */
  static boolean isOne(String digits) {
    return digits.length() == FRENCH_DIGITS && isFrench(DigitGroups.at(Ascii.of(digits), 0));
  }

  /** The end of a CPF as it is printed, {@code start} when there is none. */
  static int endOfBrazilian(byte[] text, int start) {
    int end = start + BRAZILIAN_LENGTH;
    if (end > text.length
        || text[start + 3] != '.'
        || text[start + 7] != '.'
        || text[start + 11] != '-'
        || Ascii.isLetterOrDigit(Ascii.at(text, end))) {
      return start;
    }
    String digits =
        Ascii.text(text, start, start + 3)
            + Ascii.text(text, start + 4, start + 7)
            + Ascii.text(text, start + 8, start + 11)
            + Ascii.text(text, start + 12, end);
    DigitGroups number = DigitGroups.at(Ascii.of(digits), 0);
    return number.count() == 11 && isBrazilian(number) ? end : start;
  }

  /** Areas 000, 666 and from 900 on were never given out, nor were groups and serials of zeros. */
  private static boolean isSocialSecurity(DigitGroups number) {
    int area = number.number(0, 3);
    return area > 0
        && area < 900
        && area != 666
        && number.number(3, 5) > 0
        && number.number(5, 9) > 0;
  }

  private static boolean isTaxpayer(DigitGroups number) {
    int group = number.number(3, 5);
    boolean given = (group >= 50 && group <= 65) || (group >= 70 && group <= 99);
    return number.digit(0) == 9 && given && group != 89 && group != 93;
  }

  private static boolean isHealthService(DigitGroups number) {
    int check = 11 - CheckDigits.weighted(number, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return check % 11 == number.digit(9);
  }

  private static boolean isCitizenService(DigitGroups number) {
    return number.value() > 0
        && CheckDigits.weighted(number, 0, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }

  /** The date of birth leads; the century is in the month: 1 to 12 of 1900, 21 to 32 of 2000. */
  private static boolean isPesel(DigitGroups number) {
    int month = number.number(2, 4);
    boolean isDate = Calendar.isDay(number.number(4, 6), month > 20 ? month - 20 : month);
    return isDate
        && (month <= 12 || number.number(0, 2) < 40)
        && CheckDigits.weighted(number, 0, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
  }

  private static boolean isSwedish(DigitGroups number, int from) {
    int day = number.number(from + 4, from + 6);
    return Calendar.isDay(day > 60 ? day - 60 : day, number.number(from + 2, from + 4))
        && CheckDigits.luhn(number, from, from + 10);
  }

  private static boolean isBrazilian(DigitGroups number) {
    int first = CheckDigits.weighted(number, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = CheckDigits.weighted(number, 0, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    boolean isOneDigit = number.value() % 11_111_111_111L == 0;
    return !isOneDigit && first == number.digit(9) && second == number.digit(10);
  }

  /** Sex, year and month of birth, place, number, and 97 less the remainder of all these by 97. */
  private static boolean isFrench(DigitGroups number) {
    int month = number.number(3, 5);
    boolean known = number.digit(0) == 1 || number.digit(0) == 2;
    boolean isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42);
    return known && isMonth && 97 - number.value() / 100 % 97 == number.number(13, 15);
  }
}
