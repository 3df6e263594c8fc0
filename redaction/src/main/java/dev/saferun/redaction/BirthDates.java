package dev.saferun.redaction;

import java.util.Locale;

/**
 * Dates behind words that say that somebody was born then: numbers in any usual order, or a month
 * by its English name. A date that nothing explains is never one of birth.
 */
final class BirthDates {

  /** What may stand between the words and the date. */
  private static final int FILLER_MAX = 24;

  private static final int NAME_MIN = 3;
  private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

  private BirthDates() {}

  /** The date that follows words which end at a place. */
  static long after(byte[] text, int wordsEnd) {
    int limit = Math.min(text.length, wordsEnd + FILLER_MAX);
    for (int at = wordsEnd; at < limit; at++) {
      byte c = text[at];
      if (Ascii.isDigit(c)) {
        int end = endOfDate(text, at);
        return end == at ? Span.NOTHING : Span.of(at, end);
      }
      if (Ascii.isLetter(c) && !Ascii.isLetter(text[at - 1])) {
        int end = endOfNamedFirst(text, at);
        if (end > at) {
          return Span.of(at, end);
        }
      }
      if (c == '\n' && at > wordsEnd + 2) {
        return Span.NOTHING;
      }
    }
    return Span.NOTHING;
  }

  private static int endOfDate(byte[] text, int start) {
    int firstEnd = digitsEnd(text, start);
    int first = number(text, start, firstEnd);
    if (firstEnd - start == 8) {
      return isCompact(first) ? whole(text, start, firstEnd) : start;
    }
    byte separator = Ascii.at(text, firstEnd);
    boolean isNumeric = separator == '-' || separator == '/' || separator == '.';
    int secondEnd = isNumeric ? digitsEnd(text, firstEnd + 1) : 0;
    if (!isNumeric || secondEnd == firstEnd + 1 || Ascii.at(text, secondEnd) != separator) {
      return endOfNamedSecond(text, start, firstEnd, first);
    }
    int thirdEnd = digitsEnd(text, secondEnd + 1);
    int second = number(text, firstEnd + 1, secondEnd);
    int third = number(text, secondEnd + 1, thirdEnd);
    boolean yearFirst = firstEnd - start == 4;
    boolean isDate =
        yearFirst
            ? Calendar.isYearOfBirth(first) && Calendar.isDay(third, second)
            : isYear(third, thirdEnd - secondEnd - 1)
                && (Calendar.isDay(first, second) || Calendar.isDay(second, first));
    return isDate ? whole(text, start, thirdEnd) : start;
  }

  private static boolean isCompact(int date) {
    return (Calendar.isYearOfBirth(date / 10_000) && Calendar.isDay(date % 100, date / 100 % 100))
        || (Calendar.isYearOfBirth(date % 10_000)
            && (Calendar.isDay(date / 1_000_000, date / 10_000 % 100)
                || Calendar.isDay(date / 10_000 % 100, date / 1_000_000)));
  }

  private static boolean isYear(int year, int digits) {
    return digits == 2 || (digits == 4 && Calendar.isYearOfBirth(year));
  }

  /** 17 May 1990, 3rd of June 1985, 5-Jan-1980. */
  private static int endOfNamedSecond(byte[] text, int start, int dayEnd, int day) {
    int at = dayEnd;
    while (at < dayEnd + 7 && at < text.length && monthAt(text, at) == 0) {
      at++;
    }
    if (day < 1 || day > 31 || monthAt(text, at) == 0) {
      return start;
    }
    int end = yearEnd(text, wordEnd(text, at));
    return end < 0 ? start : end;
  }

  /** May 17, 1990. */
  private static int endOfNamedFirst(byte[] text, int start) {
    if (monthAt(text, start) == 0) {
      return start;
    }
    int day = skipMarks(text, wordEnd(text, start));
    int dayEnd = digitsEnd(text, day);
    if (dayEnd == day || dayEnd - day > 2) {
      return start;
    }
    int suffixEnd = wordEnd(text, dayEnd);
    int end = suffixEnd - dayEnd > 2 ? -1 : yearEnd(text, suffixEnd);
    return end < 0 ? start : end;
  }

  private static int yearEnd(byte[] text, int from) {
    int year = skipMarks(text, from);
    int end = digitsEnd(text, year);
    boolean isYear = end - year == 4 && Calendar.isYearOfBirth(number(text, year, end));
    return isYear ? end : -1;
  }

  private static int skipMarks(byte[] text, int from) {
    int at = from;
    while (at < from + 3 && at < text.length && " ,.-/".indexOf(text[at]) >= 0) {
      at++;
    }
    return at;
  }

  /** 1 to 12 when a month's name begins here, at the start of a word. */
  private static int monthAt(byte[] text, int at) {
    if (at + NAME_MIN > text.length
        || !Ascii.isLetter(text[at])
        || Ascii.isLetter(Ascii.at(text, at - 1))) {
      return 0;
    }
    String name = Ascii.text(text, at, at + NAME_MIN).toLowerCase(Locale.ROOT);
    int place = MONTHS.indexOf(name);
    return place >= 0 && place % 4 == 0 ? place / 4 + 1 : 0;
  }

  private static int wordEnd(byte[] text, int at) {
    int end = at;
    while (end < at + 10 && Ascii.isLetter(Ascii.at(text, end))) {
      end++;
    }
    return end;
  }

  private static int whole(byte[] text, int start, int end) {
    return Ascii.isDigit(Ascii.at(text, end)) ? start : end;
  }

  private static int digitsEnd(byte[] text, int at) {
    int end = at;
    while (end < at + 8 && Ascii.isDigit(Ascii.at(text, end))) {
      end++;
    }
    return end;
  }

  private static int number(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + text[i] - '0';
    }
    return value;
  }
}
