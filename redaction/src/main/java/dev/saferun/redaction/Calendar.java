package dev.saferun.redaction;

/** Which numbers can be a day of a month. */
final class Calendar {

  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Calendar() {}

  static boolean isDay(int day, int month) {
    return month >= 1 && month <= DAYS.length && day >= 1 && day <= DAYS[month - 1];
  }

  static boolean isYearOfBirth(int year) {
    return year >= 1890 && year <= 2100;
  }
}
