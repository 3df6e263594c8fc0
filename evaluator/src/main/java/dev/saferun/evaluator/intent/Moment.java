package dev.saferun.evaluator.intent;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time of day, or both, as the rows of words in which it may be written elsewhere.
 * Weekday, seconds and time zone say nothing here. 03/04/2024 is either of two days, for who wrote
 * it meant one of them.
 */
record Moment(List<String> dates, List<String> times) {

  private static final int CHARACTERS_MAX = 64;
  private static final int NOON = 12;
  private static final Map<String, Month> MONTHS = months();
  private static final String MONTH = "(" + String.join("|", MONTHS.keySet()) + ")\\.?";
  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?\\.?";
  private static final String REST = "(?:(?:t|,? at|,)? ?(\\d.*))?";
  private static final Pattern WEEKDAY =
      Pattern.compile("^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? +");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})" + REST);
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})" + REST);
  private static final Pattern MONTH_FIRST =
      Pattern.compile(MONTH + " " + DAY + ",? (\\d{4})" + REST);
  private static final Pattern DAY_FIRST =
      Pattern.compile(DAY + " (?:of )?" + MONTH + ",? (\\d{4})" + REST);
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,2})(?::(\\d{2}))?(?::\\d{2}(?:\\.\\d{1,9})?)? ?(am|pm|a\\.m\\.|p\\.m\\.)?"
              + " ?(?:z|utc|gmt|[+-]\\d{2}:?\\d{2})?");

  private static Map<String, Month> months() {
    Map<String, Month> months = new TreeMap<>(java.util.Comparator.reverseOrder());
    for (Month month : Month.values()) {
      months.put(named(month, TextStyle.FULL).toLowerCase(Locale.ROOT), month);
      months.put(named(month, TextStyle.SHORT).toLowerCase(Locale.ROOT), month);
    }
    return months;
  }

  private static String named(Month month, TextStyle style) {
    return month.getDisplayName(style, Locale.ENGLISH);
  }

  /** Empty where the text is neither. */
  static Optional<Moment> read(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return Optional.empty();
    }
    String plain = WEEKDAY.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    Optional<Moment> dated = dated(plain);
    return dated.isPresent()
        ? dated
        : time(plain).map(time -> new Moment(List.of(), written(time)));
  }

  private static Optional<Moment> dated(String text) {
    Matcher date = YEAR_FIRST.matcher(text);
    if (date.matches()) {
      return of(date.group(4), date(date.group(1), number(date.group(2)), date.group(3)));
    }
    date = MONTH_FIRST.matcher(text);
    if (date.matches()) {
      return of(date.group(4), date(date.group(3), month(date.group(1)), date.group(2)));
    }
    date = DAY_FIRST.matcher(text);
    if (date.matches()) {
      return of(date.group(4), date(date.group(3), month(date.group(2)), date.group(1)));
    }
    date = YEAR_LAST.matcher(text);
    if (!date.matches()) {
      return Optional.empty();
    }
    LocalDate dayFirst = date(date.group(4), number(date.group(3)), date.group(1));
    LocalDate monthFirst = date(date.group(4), number(date.group(1)), date.group(3));
    return date.group(2).equals(".")
        ? of(date.group(5), dayFirst)
        : of(date.group(5), dayFirst, monthFirst);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static int month(String name) {
    Month month = MONTHS.get(name);
    return month == null ? 0 : month.getValue();
  }

  private static @Nullable LocalDate date(String year, int month, String day) {
    try {
      return LocalDate.of(number(year), month, number(day));
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static Optional<Moment> of(@Nullable String time, @Nullable LocalDate... dates) {
    List<String> written = new ArrayList<>();
    for (LocalDate date : dates) {
      if (date != null) {
        written.addAll(written(date));
      }
    }
    Optional<LocalTime> clock = time == null ? Optional.empty() : time(time);
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Moment(List.copyOf(written), clock.map(Moment::written).orElse(List.of())));
  }

  private static List<String> written(LocalDate date) {
    Month month = date.getMonth();
    int day = date.getDayOfMonth();
    String ordinal = day + ordinal(day);
    int year = date.getYear();
    List<String> forms = new ArrayList<>();
    forms.add(date.toString());
    for (String name : List.of(named(month, TextStyle.FULL), named(month, TextStyle.SHORT))) {
      for (String number : List.of(String.valueOf(day), ordinal)) {
        forms.add(name + " " + number + " " + year);
        forms.add(number + " " + name + " " + year);
        forms.add(number + " of " + name + " " + year);
      }
    }
    forms.add(day + " " + month.getValue() + " " + year);
    forms.add(month.getValue() + " " + day + " " + year);
    return forms;
  }

  private static String ordinal(int day) {
    int last = day % 10;
    boolean teen = day / 10 == 1;
    return teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
  }

  private static Optional<LocalTime> time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches() || (time.group(2) == null && time.group(3) == null)) {
      return Optional.empty();
    }
    int hour = number(time.group(1));
    int minute = time.group(2) == null ? 0 : number(time.group(2));
    String half = time.group(3);
    boolean valid = half == null ? hour < 24 : hour >= 1 && hour <= NOON;
    if (!valid || minute > 59) {
      return Optional.empty();
    }
    int hours = half == null ? hour : hour % NOON + (half.startsWith("p") ? NOON : 0);
    return Optional.of(LocalTime.of(hours, minute));
  }

  private static List<String> written(LocalTime time) {
    int hour = time.getHour() % NOON == 0 ? NOON : time.getHour() % NOON;
    String half = time.getHour() < NOON ? "am" : "pm";
    String dotted = time.getHour() < NOON ? "a.m." : "p.m.";
    List<String> forms = new ArrayList<>();
    forms.add(time.toString());
    String minutes = ":" + time.toString().substring(3);
    for (String clock : time.getMinute() == 0 ? List.of("", minutes) : List.of(minutes)) {
      forms.add(hour + clock + half);
      forms.add(hour + clock + " " + half);
      forms.add(hour + clock + " " + dotted);
    }
    return forms;
  }
}
