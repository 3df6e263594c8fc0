package dev.saferun.evaluator.texts;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as a row of words, in the form in which values are compared: letters in lower case without
 * accents, full-width forms as plain ones, punctuation and white space as mere gaps. An e-mail
 * address, a URL, an identifier or a date is then a few words in a row, however it was quoted, and
 * 4,500.00 is the word 4500. So is 4.500,00, for groups by points before a comma are nothing else;
 * 4.500 alone is four and a half, as JSON has it. The T and the Z of 2024-05-15T10:00:00Z are gaps.
 * A character of a script that is written without spaces is a word of its own. A row is used again
 * for the next text.
 */
public final class Words {

  /** Words of one text beyond which the rest is not read. */
  public static final int WORDS_MAX = 1 << 15;

  private static final int DIGITS_OF_A_GROUP = 3;

  /** Digits beyond which a number is a name: it is found as written, and nobody counts with it. */
  private static final int COUNTED_CHARACTERS_MAX = 18;

  private static final int FRACTION_DIGITS_MAX = 9;
  private static final int ESCAPE_CHARACTERS = 6;
  private static final int COMBINING_FIRST = 0x300;
  private static final int COMBINING_LAST = 0x36F;
  private static final int THAI_FIRST = 0x0E00;
  private static final int THAI_LAST = 0x0E7F;
  private static final int KANA_FIRST = 0x3040;
  private static final int KANA_LAST = 0x30FF;
  private static final int FULL_WIDTH_FIRST = 0xFF01;
  private static final int FULL_WIDTH_LAST = 0xFF5E;
  private static final int FULL_WIDTH_DISTANCE = 0xFEE0;

  private String text = "";
  private int count;
  private boolean cut;
  private long[] names = new long[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private boolean[] numbers = new boolean[256];
  private char[] folded = new char[64];
  private int foldedLength;

  /** Reads a text; what was read before is gone. */
  public Words read(String input) {
    text = input;
    count = 0;
    cut = false;
    int at = 0;
    while (at < input.length()) {
      if (!isOfWord(input.charAt(at)) || isTimeMark(at)) {
        at += gap(at);
      } else if (count == WORDS_MAX) {
        cut = true;
        return this;
      } else {
        at = word(at);
      }
    }
    return this;
  }

  /** A number of JSON as its one word. */
  public Words read(Number number) {
    return read(plain(number));
  }

  public String text() {
    return text;
  }

  public int count() {
    return count;
  }

  /** Whether the text had more words than are read. */
  public boolean isCut() {
    return cut;
  }

  /** Names the word: equal words have equal names. */
  public long name(int word) {
    return names[word];
  }

  /** Where the word begins in the text. */
  public int start(int word) {
    return starts[word];
  }

  public int end(int word) {
    return ends[word];
  }

  /** Whether it is written as a number. */
  public boolean isNumber(int word) {
    return numbers[word];
  }

  /** The word's characters as they stand in the text. */
  public String at(int word) {
    return text.substring(starts[word], ends[word]);
  }

  /** The number that the word is; null for another word, and for one too long to count with. */
  public @Nullable BigDecimal number(int word) {
    if (!numbers[word] || ends[word] - starts[word] > COUNTED_CHARACTERS_MAX) {
      return null;
    }
    String digits = at(word);
    int comma = digits.lastIndexOf(',');
    boolean groupsByPoints = comma >= 0 && digits.indexOf('.') >= 0 && digits.indexOf('.') < comma;
    return new BigDecimal(
        groupsByPoints ? digits.replace(".", "").replace(',', '.') : digits.replace(",", ""));
  }

  /** A number without exponent, sign of zero or trailing zeros. */
  public static String plain(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return number.toString();
    }
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  /** How many characters of a gap stand here: an escape, as texts inside texts have it, is one. */
  private int gap(int at) {
    if (text.charAt(at) != '\\' || at + 1 == text.length()) {
      return 1;
    }
    char escaped = text.charAt(at + 1);
    boolean isCode = escaped == 'u' && at + ESCAPE_CHARACTERS <= text.length() && isCode(at + 2);
    return isCode ? ESCAPE_CHARACTERS : "ntr".indexOf(escaped) >= 0 ? 2 : 1;
  }

  private boolean isCode(int at) {
    for (int i = at; i < at + ESCAPE_CHARACTERS - 2; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private int word(int start) {
    char first = text.charAt(start);
    if (isUnspaced(first)) {
      foldedLength = 0;
      fold(first);
      add(start, start + 1, false);
      return start + 1;
    }
    int end = start;
    boolean digits = true;
    foldedLength = 0;
    while (end < text.length()
        && isOfWord(text.charAt(end))
        && !isUnspaced(text.charAt(end))
        && !isTimeMark(end)) {
      char letter = text.charAt(end);
      digits &= letter >= '0' && letter <= '9';
      fold(letter);
      end++;
    }
    if (foldedLength == 0) {
      return end;
    }
    if (digits) {
      return number(start, end);
    }
    add(start, end, false);
    return end;
  }

  /** The T between a date and a time, and the Z after a time. */
  private boolean isTimeMark(int at) {
    char letter = text.charAt(at);
    if ((letter != 'T' && letter != 'Z') || !isDigit(at - 1) || !isDigit(at - 2)) {
      return false;
    }
    if (letter == 'T') {
      return is(at - 3, '-') && isDigit(at + 1) && isDigit(at + 2) && is(at + 3, ':');
    }
    boolean ends = at + 1 == text.length() || !isOfWord(text.charAt(at + 1));
    int digits = 2;
    while (digits < FRACTION_DIGITS_MAX && isDigit(at - digits - 1)) {
      digits++;
    }
    boolean fraction = is(at - digits - 1, '.') && is(at - digits - 4, ':');
    return ends && (is(at - 3, ':') || fraction);
  }

  private boolean is(int at, char letter) {
    return at >= 0 && at < text.length() && text.charAt(at) == letter;
  }

  /** Digits, with what follows of the same number: groups of three, and a fraction. */
  private int number(int start, int digitsEnd) {
    int groupsByPoints = groupedByPoints(start, digitsEnd);
    if (groupsByPoints > 0) {
      return numberByPoints(start, groupsByPoints);
    }
    int whole = grouped(start, digitsEnd);
    int end = fraction(start, whole);
    foldedLength = 0;
    int from = start;
    while (from < digitsEnd - 1 && whole == digitsEnd && text.charAt(from) == '0') {
      from++;
    }
    for (int i = from; i < whole; i++) {
      if (text.charAt(i) != ',') {
        fold(text.charAt(i));
      }
    }
    int last = end;
    while (last > whole && (text.charAt(last - 1) == '0' || text.charAt(last - 1) == '.')) {
      last--;
    }
    for (int i = whole; i < last; i++) {
      fold(text.charAt(i));
    }
    add(start, end, true);
    return end;
  }

  /** Where the groups of 4.500,00 end; 0 where it is no such number. */
  private int groupedByPoints(int start, int digitsEnd) {
    if (digitsEnd - start > DIGITS_OF_A_GROUP || follows(start)) {
      return 0;
    }
    int groups = digitsEnd;
    while (is(groups, '.') && isGroup(groups + 1)) {
      groups += 1 + DIGITS_OF_A_GROUP;
    }
    int end = groups + 1;
    while (isDigit(end)) {
      end++;
    }
    int decimals = end - groups - 1;
    boolean alone =
        end >= text.length()
            || (!isOfWord(text.charAt(end))
                && !((is(end, ',') || is(end, '.')) && isDigit(end + 1)));
    return groups > digitsEnd && is(groups, ',') && (decimals == 1 || decimals == 2) && alone
        ? groups
        : 0;
  }

  private int numberByPoints(int start, int groups) {
    int end = groups + 1;
    while (isDigit(end)) {
      end++;
    }
    int last = end;
    while (last > groups + 1 && text.charAt(last - 1) == '0') {
      last--;
    }
    foldedLength = 0;
    for (int i = start; i < groups; i++) {
      if (text.charAt(i) != '.') {
        fold(text.charAt(i));
      }
    }
    if (last > groups + 1) {
      fold('.');
    }
    for (int i = groups + 1; i < last; i++) {
      fold(text.charAt(i));
    }
    add(start, end, true);
    return end;
  }

  private int grouped(int start, int digitsEnd) {
    int end = digitsEnd;
    if (digitsEnd - start > DIGITS_OF_A_GROUP) {
      return end;
    }
    while (end < text.length() && text.charAt(end) == ',' && isGroup(end + 1)) {
      end += 1 + DIGITS_OF_A_GROUP;
    }
    return end;
  }

  private boolean isGroup(int at) {
    for (int i = at; i < at + DIGITS_OF_A_GROUP; i++) {
      if (!isDigit(i)) {
        return false;
      }
    }
    int after = at + DIGITS_OF_A_GROUP;
    return after >= text.length() || !isOfWord(text.charAt(after));
  }

  /**
   * A point with digits is a fraction, unless more of the kind stand around: then it is no number.
   */
  private int fraction(int start, int whole) {
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.' && isDigit(end + 1) && !follows(start)) {
      end++;
      while (isDigit(end)) {
        end++;
      }
      boolean ends =
          end >= text.length()
              || (!isOfWord(text.charAt(end)) && !(text.charAt(end) == '.' && isDigit(end + 1)));
      return ends ? end : whole;
    }
    return end;
  }

  /** Whether a point and a digit stand before: 10.0.0.1 has no fractions. */
  private boolean follows(int start) {
    return start >= 2 && text.charAt(start - 1) == '.' && isDigit(start - 2);
  }

  private boolean isDigit(int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private void add(int start, int end, boolean number) {
    if (count == names.length) {
      grow();
    }
    names[count] = Names.of(folded, foldedLength);
    starts[count] = start;
    ends[count] = end;
    numbers[count] = number;
    count++;
  }

  private void grow() {
    int larger = count * 2;
    names = Arrays.copyOf(names, larger);
    starts = Arrays.copyOf(starts, larger);
    ends = Arrays.copyOf(ends, larger);
    numbers = Arrays.copyOf(numbers, larger);
  }

  private void fold(char letter) {
    char plain = folded(letter);
    if (plain != 0) {
      if (foldedLength == folded.length) {
        folded = Arrays.copyOf(folded, foldedLength * 2);
      }
      folded[foldedLength++] = plain;
    }
  }

  /** The letter as it counts; 0 for one that does not. */
  static char folded(char letter) {
    if (letter < 128) {
      return letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter;
    }
    if (letter >= COMBINING_FIRST && letter <= COMBINING_LAST) {
      return 0;
    }
    if (letter >= FULL_WIDTH_FIRST && letter <= FULL_WIDTH_LAST) {
      return Character.toLowerCase((char) (letter - FULL_WIDTH_DISTANCE));
    }
    return Character.toLowerCase(Accents.without(letter));
  }

  private static boolean isOfWord(char letter) {
    if (letter < 128) {
      return (letter >= 'a' && letter <= 'z')
          || (letter >= 'A' && letter <= 'Z')
          || (letter >= '0' && letter <= '9');
    }
    return Character.isLetterOrDigit(letter)
        || Character.isSurrogate(letter)
        || (letter >= COMBINING_FIRST && letter <= COMBINING_LAST);
  }

  private static boolean isUnspaced(char letter) {
    return letter >= THAI_FIRST
        && (Character.isIdeographic(letter)
            || (letter >= KANA_FIRST && letter <= KANA_LAST)
            || (letter >= THAI_FIRST && letter <= THAI_LAST));
  }
}
