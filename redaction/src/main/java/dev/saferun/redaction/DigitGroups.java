package dev.saferun.redaction;

/**
 * The number that begins at a place, as it is written: groups of digits with one and the same mark
 * between them, or none. Bounded: what has more than {@value #DIGITS_MAX} digits is no number of a
 * person.
 */
final class DigitGroups {

  static final int DIGITS_MAX = 15;

  private final byte[] text;
  private final int start;
  private final byte[] digits = new byte[DIGITS_MAX + 1];
  private int count;
  private int end;

  /** The lengths of the groups, a decimal digit each: {@code 324} for 123-45-6789. */
  private int shape;

  private byte separator;

  private DigitGroups(byte[] text, int start) {
    this.text = text;
    this.start = start;
    this.end = start;
  }

  /** All groups that follow one another, while they are no more digits than a number may have. */
  static DigitGroups at(byte[] text, int start) {
    DigitGroups groups = new DigitGroups(text, start);
    groups.group();
    byte separator = Ascii.at(text, groups.end);
    if (separator == ' ' || separator == '-' || separator == '.') {
      groups.separator = separator;
      while (groups.count <= DIGITS_MAX
          && Ascii.at(text, groups.end) == separator
          && Ascii.isDigit(Ascii.at(text, groups.end + 1))) {
        groups.end++;
        groups.group();
      }
    }
    return groups;
  }

  private void group() {
    int from = end;
    while (count <= DIGITS_MAX && Ascii.isDigit(Ascii.at(text, end))) {
      digits[count++] = (byte) (text[end++] - '0');
      if (count > DIGITS_MAX) {
        break;
      }
    }
    shape = shape * 10 + Math.min(end - from, 9);
  }

  int count() {
    return count;
  }

  int end() {
    return end;
  }

  int shape() {
    return shape;
  }

  byte separator() {
    return separator;
  }

  boolean isOneRun() {
    return end - start == count;
  }

  int digit(int index) {
    return digits[index];
  }

  /** Digits from one place to before another, as a number. */
  int number(int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + digits[i];
    }
    return value;
  }

  long value() {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value * 10 + digits[i];
    }
    return value;
  }

  /** Whether nothing on either side makes it a part of something longer. */
  boolean standsAlone() {
    byte before = Ascii.at(text, start - 1);
    byte after = Ascii.at(text, end);
    if (Ascii.isLetterOrDigit(before) || Ascii.isLetterOrDigit(after) || before == '+') {
      return false;
    }
    boolean joinedLeft = isJoint(before) && Ascii.isLetterOrDigit(Ascii.at(text, start - 2));
    boolean joinedRight = isJoint(after) && Ascii.isDigit(Ascii.at(text, end + 1));
    return !joinedLeft && !joinedRight;
  }

  private static boolean isJoint(byte c) {
    return c == '-' || c == '.' || c == '/';
  }
}
