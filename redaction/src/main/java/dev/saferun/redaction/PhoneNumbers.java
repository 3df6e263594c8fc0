package dev.saferun.redaction;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers. A candidate is told by its groups of digits and costs nothing; only then are
 * the numbering plans asked, and only those that the form points to. What the plans do not know is
 * taken where words before or after it say that it is a number to call.
 */
final class PhoneNumbers {

  private static final int DIGITS_MIN = 7;
  private static final int DIGITS_MAX = 15;
  private static final int GROUPS_MAX = 8;
  private static final int EXTENSION_MAX = 6;

  /** Whose numbers are written with a leading zero at home. */
  private static final List<String> NATIONAL =
      List.of(
          "GB", "FR", "DE", "IT", "NL", "BE", "CH", "AT", "SE", "AU", "NZ", "ZA", "JP", "IN", "BR",
          "IE", "FI", "TR", "IL");

  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  private final String text;
  private final byte[] bytes;
  private final int start;

  /** Where each group of digits ends, how many digits there are up to there. */
  private final int[] ends = new int[GROUPS_MAX];

  private final int[] digits = new int[GROUPS_MAX];
  private int groups;

  private PhoneNumbers(String text, byte[] bytes, int start) {
    this.text = text;
    this.bytes = bytes;
    this.start = start;
  }

  /** The end of the number that begins at a place; {@code start} when there is none. */
  static int endAt(String text, byte[] bytes, int start) {
    return mayBegin(bytes, start) ? new PhoneNumbers(text, bytes, start).end() : start;
  }

  /** The form of E.164, or null where the plans do not know the number. */
  static @Nullable String international(String number) {
    PhoneNumber parsed = parse(number, number.startsWith("+") ? "ZZ" : "US");
    return parsed == null || !PLANS.isValidNumber(parsed)
        ? null
        : PLANS.format(parsed, PhoneNumberFormat.E164);
  }

  private static boolean mayBegin(byte[] text, int start) {
    byte first = text[start];
    byte before = Ascii.at(text, start - 1);
    if (first != '+' && !Ascii.isDigit(first) && !Ascii.isDigit(Ascii.at(text, start + 1))) {
      return false;
    }
    if (first == '+' && !Ascii.isDigit(Ascii.at(text, start + 1))) {
      return false;
    }
    if (Ascii.isLetterOrDigit(before) || before == '$' || before == '#' || before == '+') {
      return false;
    }
    boolean joint = before == '-' || before == '.' || before == '/' || before == '_';
    return !joint || !Ascii.isLetterOrDigit(Ascii.at(text, start - 2));
  }

  private int end() {
    read();
    if (groups == 0 || digits[groups - 1] < DIGITS_MIN || isDate()) {
      return start;
    }
    int end = isInternational() ? internationalEnd() : nationalEnd();
    if (end == start) {
      end = namedEnd();
    }
    return end == start ? start : extensionEnd(end);
  }

  /** Groups of digits with at most two marks between, of which one may be an open parenthesis. */
  private void read() {
    int at = bytes[start] == '+' || bytes[start] == '(' ? start + 1 : start;
    int count = 0;
    while (groups < GROUPS_MAX) {
      int from = at;
      while (at < bytes.length && Ascii.isDigit(bytes[at]) && count <= DIGITS_MAX + 1) {
        at++;
        count++;
      }
      if (at == from || count > DIGITS_MAX + 1) {
        return;
      }
      ends[groups] = at;
      digits[groups++] = count;
      at = nextGroup(at);
    }
  }

  /** One mark, or two of which one is a parenthesis. */
  private int nextGroup(int end) {
    byte first = Ascii.at(bytes, end);
    byte second = Ascii.at(bytes, end + 1);
    if (!isMark(first)) {
      return end;
    }
    if (!isMark(second)) {
      return end + 1;
    }
    if (isSpacedSlash(end)) {
      return end + 3;
    }
    return isParenthesis(first) || isParenthesis(second) ? end + 2 : end;
  }

  private boolean isSpacedSlash(int end) {
    return text.startsWith(" / ", end);
  }

  private static boolean isMark(byte c) {
    return isParenthesis(c) || c == ' ' || c == '-' || c == '.' || c == '/';
  }

  private static boolean isParenthesis(byte c) {
    return c == '(' || c == ')';
  }

  private boolean isInternational() {
    return bytes[start] == '+' || text.startsWith("00", start) || text.startsWith("011", start);
  }

  private int internationalEnd() {
    for (int i = groups - 1; i >= 0 && digits[i] >= DIGITS_MIN; i--) {
      if (digits[i] <= DIGITS_MAX + 1 && endsHere(i)) {
        PhoneNumber number = parse(plusForm(ends[i]), "ZZ");
        boolean known =
            number != null
                && (bytes[start] == '+'
                    ? PLANS.isPossibleNumber(number)
                    : PLANS.isValidNumber(number));
        if (known) {
          return ends[i];
        }
      }
    }
    return start;
  }

  private String plusForm(int end) {
    String number = text.substring(start, end).replace("(0)", "");
    int access = number.startsWith("+") ? 1 : number.startsWith("011") ? 3 : 2;
    return "+" + number.substring(access);
  }

  private int nationalEnd() {
    if (isNamedOtherwise()) {
      return start;
    }
    int american = americanEnd();
    if (american > start) {
      return american;
    }
    boolean isTrunk = bytes[start] == '0' || text.startsWith("(0", start);
    for (int i = groups - 1; isTrunk && i > 0 && digits[i] >= 9; i--) {
      if (digits[i] <= 11 && endsHere(i) && isKnownAtHome(text.substring(start, ends[i]))) {
        return ends[i];
      }
    }
    return start;
  }

  /** Words before it say that the number is another one of a person's. */
  private boolean isNamedOtherwise() {
    Context before = Context.before(bytes, start);
    return before != null && before != Context.PHONE && !isCallOrLabel(before);
  }

  /** Three, three and four digits, with or without the 1 before them. */
  private int americanEnd() {
    int first = groups > 3 && digits[0] == 1 && bytes[start] == '1' ? 1 : 0;
    int base = first == 0 ? 0 : 1;
    if (groups < first + 3
        || digits[first] - base != 3
        || digits[first + 1] - base != 6
        || digits[first + 2] - base != 10
        || !endsHere(first + 2)) {
      return start;
    }
    int end = ends[first + 2];
    boolean isSpaced = bytes[ends[first + 1]] == ' ' && bytes[ends[first]] == ' ';
    char area = text.charAt(ends[first] - 3);
    char exchange = text.charAt(ends[first + 1] - 3);
    boolean given = area > '1' && exchange > '1';
    return given && (!isSpaced || isKnown(text.substring(start, end), "US")) ? end : start;
  }

  private static boolean isKnownAtHome(String number) {
    for (String region : NATIONAL) {
      if (isKnown(number, region)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKnown(String number, String region) {
    PhoneNumber parsed = parse(number, region);
    return parsed != null && PLANS.isValidNumberForRegion(parsed, region);
  }

  private static @Nullable PhoneNumber parse(String number, String region) {
    try {
      return PLANS.parse(number, region);
    } catch (NumberParseException none) {
      return null;
    }
  }

  /** What words say is a number to call need not be in any plan. */
  private int namedEnd() {
    int last = groups - 1;
    while (last >= 0 && (digits[last] > DIGITS_MAX || !endsHere(last))) {
      last--;
    }
    if (last < 0 || digits[last] < DIGITS_MIN) {
      return start;
    }
    int end = ends[last];
    Context before = Context.before(bytes, start);
    Context after = Context.after(bytes, end);
    boolean isPhone = before == Context.PHONE || after == Context.PHONE;
    boolean isCalled = before == Context.CALL || isCallOrLabel(after);
    boolean isLabel = isCallOrLabel(before) && text.startsWith(": ", start - 2);
    return isPhone || isLabel || (isCalled && last > 0) ? end : start;
  }

  private static boolean isCallOrLabel(@Nullable Context context) {
    return context == Context.CALL || context == Context.LABEL;
  }

  private boolean endsHere(int group) {
    byte after = Ascii.at(bytes, ends[group]);
    boolean isExtension = (after == 'x' || after == 'X') && isDigitAt(ends[group] + 1);
    boolean goesOn =
        (after == '-' || after == '.' || after == '/' || after == ':' || after == ',')
            && isDigitAt(ends[group] + 1);
    return (isExtension || !Ascii.isLetterOrDigit(after)) && !goesOn && after != '%';
  }

  private boolean isDigitAt(int index) {
    return Ascii.isDigit(Ascii.at(bytes, index));
  }

  private int extensionEnd(int end) {
    int at = end;
    if (Ascii.at(bytes, at) == ' ' && text.startsWith("ext", at + 1)) {
      at += text.startsWith(". ", at + 4) ? 6 : text.startsWith("ension ", at + 4) ? 11 : 5;
    } else if (Ascii.at(bytes, at) == ' ' && Ascii.at(bytes, at + 1) == 'x') {
      at += 2;
    } else if (Ascii.at(bytes, at) == 'x' || Ascii.at(bytes, at) == 'X') {
      at++;
    }
    int from = at;
    while (at > end && at < from + EXTENSION_MAX && isDigitAt(at)) {
      at++;
    }
    return at > from ? at : end;
  }

  /** A year, month and day in either order, also with a time behind. */
  private boolean isDate() {
    if (groups < 3) {
      return false;
    }
    int first = digits[0];
    int second = digits[1] - first;
    int third = digits[2] - digits[1];
    byte mark = bytes[ends[0]];
    boolean tight = mark == '-' || mark == '/' || mark == '.';
    boolean yearFirst = first == 4 && second == 2 && third == 2 && isYear(start);
    boolean yearLast = first <= 2 && second <= 2 && third == 4 && isYear(ends[2] - 4);
    return tight && (yearFirst || yearLast);
  }

  private boolean isYear(int at) {
    return text.startsWith("19", at) || text.startsWith("20", at);
  }
}
