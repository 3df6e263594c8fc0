package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds cards and the credentials of a few forms, told as plainly as can be: character by
 * character, each form tried at each place. The scanner, which knows more, is compared with it.
 */
final class PlainScanner {

  private PlainScanner() {}

  /** All findings in order; they do not overlap. */
  static List<TextScanner.Finding> find(String text) {
    List<TextScanner.Finding> found = null;
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      TextScanner.Finding finding = null;
      if (c >= '0' && c <= '9') {
        int end = CardNumbers.endOfCard(text, at);
        if (end == at) {
          at = afterDigits(text, at);
          continue;
        }
        finding = new TextScanner.Finding(Detector.CARD_NUMBER.dataClass(), at, end);
      } else if (SecretForms.mayStart(c)) {
        finding = secret(text, at);
      }
      if (finding == null) {
        at++;
      } else {
        found = found == null ? new ArrayList<>() : found;
        found.add(finding);
        at = finding.end();
      }
    }
    return found == null ? List.of() : found;
  }

  private static TextScanner.@Nullable Finding secret(String text, int at) {
    long span = SecretForms.find(text, at);
    return span == SecretForms.NOTHING
        ? null
        : new TextScanner.Finding(
            Detector.SECRET.dataClass(), SecretForms.startOf(span), SecretForms.endOf(span));
  }

  private static int afterDigits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** The forms that give a credential away. */
  private static final class SecretForms {

    private static final String TOKEN_CHARACTERS = "_-";
    private static final String BEARER_CHARACTERS = "-._~+/=";

    /**
     * @param start the text it begins with, after something that is neither letter nor digit
     * @param keptCharacters how much of the start is no secret and stays readable
     * @param tailMin the fewest characters that must follow
     * @param tailMax the most that may follow
     * @param marks the characters that may follow beside letters and digits
     * @param anyCase whether the start is recognised in any case
     */
    private record Form(
        String start, int keptCharacters, int tailMin, int tailMax, String marks, boolean anyCase) {

      boolean startsAt(String text, int at) {
        return anyCase
            ? text.regionMatches(true, at, start, 0, start.length())
            : text.startsWith(start, at);
      }

      static Form prefix(String start, int tailMin) {
        return new Form(start, 0, tailMin, Integer.MAX_VALUE, TOKEN_CHARACTERS, false);
      }

      static Form fixed(String start, int tail) {
        return new Form(start, 0, tail, tail, "", false);
      }
    }

    private static final Form[] FORMS = {
      Form.prefix("srk_", 16), // An API key of this product.
      Form.prefix("sk_live_", 8), // Stripe, and many who copied its form.
      Form.prefix("sk_test_", 8),
      Form.prefix("rk_live_", 8),
      new Form("ghp_", 0, 30, Integer.MAX_VALUE, "", false), // GitHub, personal access token.
      Form.fixed("AKIA", 16), // AWS access key id.
      Form.fixed("ASIA", 16), // AWS temporary access key id.
      new Form("Bearer ", 7, 8, Integer.MAX_VALUE, BEARER_CHARACTERS, true),
    };

    private static final String KEY_BLOCK_START = "-----BEGIN ";
    private static final String KEY_BLOCK_END = "-----END ";
    private static final String KEY_BLOCK_NAME = "PRIVATE KEY";
    private static final int KEY_BLOCK_NAME_WITHIN = 40;
    private static final int WORD_LENGTH_SURELY_RANDOM = 24;

    private static final boolean[] STARTS = starts();

    private SecretForms() {}

    /** Whether a form can begin with this character: the test that nearly all of a text fails. */
    static boolean mayStart(char c) {
      return c < STARTS.length && STARTS[c];
    }

    /** The span of the credential that begins at a place, or {@link #NOTHING}. */
    static long find(String text, int start) {
      if (text.charAt(start) == '-') {
        return keyBlock(text, start);
      }
      if (!atWordStart(text, start)) {
        return NOTHING;
      }
      for (Form form : FORMS) {
        if (form.startsAt(text, start)) {
          return span(text, start, form);
        }
      }
      return NOTHING;
    }

    /** The answer when no form begins at the place. */
    static final long NOTHING = -1;

    static int startOf(long span) {
      return (int) (span >>> 32);
    }

    static int endOf(long span) {
      return (int) span;
    }

    private static long span(int start, int end) {
      return ((long) start << 32) | end;
    }

    private static long span(String text, int start, Form form) {
      int from = start + form.start.length();
      int limit = (int) Math.min(text.length(), (long) from + form.tailMax + 1);
      int end = from;
      while (end < limit && isTail(text.charAt(end), form.marks)) {
        end++;
      }
      while (end > from && text.charAt(end - 1) == '.') {
        end--; // The end of a sentence.
      }
      int tail = end - from;
      boolean goesOn = end < text.length() && CardNumbers.isLetterOrDigit(text.charAt(end));
      if (tail < form.tailMin || tail > form.tailMax || goesOn) {
        return NOTHING;
      }
      boolean word = form.keptCharacters > 0 && isWord(text, from, end);
      return word ? NOTHING : span(start + form.keptCharacters, end);
    }

    private static boolean isTail(char c, String marks) {
      return CardNumbers.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
    }

    /** "Bearer instruments": a short run of letters is a word of a language, not a credential. */
    private static boolean isWord(String text, int from, int end) {
      if (end - from >= WORD_LENGTH_SURELY_RANDOM) {
        return false;
      }
      for (int i = from; i < end; i++) {
        char c = text.charAt(i);
        if (c >= '0' && c <= '9') {
          return false;
        }
      }
      return true;
    }

    /** From its first line to the end of its last; to the end of the text when it was cut off. */
    private static long keyBlock(String text, int start) {
      if (!text.startsWith(KEY_BLOCK_START, start)) {
        return NOTHING;
      }
      int name = start + KEY_BLOCK_START.length();
      int nameEnd = Math.min(text.length(), name + KEY_BLOCK_NAME_WITHIN);
      if (text.indexOf(KEY_BLOCK_NAME, name, nameEnd) < 0) {
        return NOTHING;
      }
      int last = text.indexOf(KEY_BLOCK_END, name);
      if (last < 0) {
        return span(start, text.length());
      }
      int from = last + KEY_BLOCK_END.length();
      int dashes =
          text.indexOf("-----", from, Math.min(text.length(), from + KEY_BLOCK_NAME_WITHIN));
      return span(start, dashes < 0 ? from : dashes + 5);
    }

    /** After a letter or digit a form is part of another word. */
    private static boolean atWordStart(String text, int start) {
      return start == 0 || !CardNumbers.isLetterOrDigit(text.charAt(start - 1));
    }

    private static boolean[] starts() {
      boolean[] starts = new boolean[128];
      starts['-'] = true;
      for (Form form : FORMS) {
        starts[form.start.charAt(0)] = true;
        if (form.anyCase) {
          starts[form.start.toLowerCase(Locale.ROOT).charAt(0)] = true;
          starts[form.start.toUpperCase(Locale.ROOT).charAt(0)] = true;
        }
      }
      return starts;
    }
  }

  /** Payment cards by range, length, check digit and groups. */
  private static final class CardNumbers {

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

    /**
     * The end of the card number that begins at {@code start}, where a run of digits begins; {@code
     * start} itself when there is none. It looks at a bounded number of characters.
     */
    static int endOfCard(String text, int start) {
      int end = endOfDigits(text, start);
      int digits = end - start;
      if (digits >= DIGITS_MIN) {
        boolean card =
            digits <= DIGITS_MAX
                && standsAlone(text, start, end)
                && issued(text, start, end, digits);
        return card ? end : start;
      }
      return digits == FIRST_GROUP ? endOfGroups(text, start, end) : start;
    }

    /** Where the digits end that begin at {@code start}, or one place past what a card can have. */
    private static int endOfDigits(String text, int start) {
      int limit = Math.min(text.length(), start + DIGITS_MAX + 1);
      int end = start;
      while (end < limit && isDigit(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private static int endOfGroups(String text, int start, int firstEnd) {
      char separator = at(text, firstEnd);
      if ((separator != ' ' && separator != '-') || !opensGroups(text, start, separator)) {
        return start;
      }
      int best = start;
      int shape = FIRST_GROUP;
      int digits = FIRST_GROUP;
      int end = firstEnd;
      while (at(text, end) == separator && isDigit(at(text, end + 1))) {
        int next = endOfDigits(text, end + 1);
        int group = next - end - 1;
        digits += group;
        if (group > 6 || digits > DIGITS_MAX) {
          return best;
        }
        shape = shape * 10 + group;
        end = next;
        if (isShape(shape) && !isLetter(at(text, end)) && issued(text, start, end, digits)) {
          best = end;
        }
      }
      return best;
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
    private static boolean standsAlone(String text, int start, int end) {
      char before = at(text, start - 1);
      if (before == '+' || (before == '.' && isDigit(at(text, start - 2)))) {
        return false;
      }
      if (before == '-' && end - start == DIGITS_MIN && isLetterOrDigit(at(text, start - 2))) {
        return false; // The last group of a UUID.
      }
      return !(isLetter(before) && isLetter(at(text, end)));
    }

    /** Groups that go on to the left are a UUID; an IBAN's first digits are two and no group. */
    private static boolean opensGroups(String text, int start, char separator) {
      char before = at(text, start - 1);
      boolean goesOn = separator == '-' && before == '-' && isLetterOrDigit(at(text, start - 2));
      return before != '+' && !goesOn;
    }

    private static boolean issued(String text, int start, int end, int digits) {
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

    private static int firstSix(String text, int start) {
      int value = 0;
      int seen = 0;
      for (int i = start; seen < 6; i++) {
        char c = text.charAt(i);
        if (isDigit(c)) {
          value = value * 10 + (c - '0');
          seen++;
        }
      }
      return value;
    }

    /** The check digit of ISO/IEC 7812-1: from the right, every second digit counts double. */
    private static boolean luhn(String text, int start, int end) {
      int sum = 0;
      boolean doubled = false;
      for (int i = end - 1; i >= start; i--) {
        char c = text.charAt(i);
        if (isDigit(c)) {
          int digit = (c - '0') << (doubled ? 1 : 0);
          sum += digit > 9 ? digit - 9 : digit;
          doubled = !doubled;
        }
      }
      return sum % 10 == 0;
    }

    private static char at(String text, int index) {
      return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isLetterOrDigit(char c) {
      return isLetter(c) || isDigit(c);
    }
  }
}
