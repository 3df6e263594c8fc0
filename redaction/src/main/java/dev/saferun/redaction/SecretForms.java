package dev.saferun.redaction;

import java.util.Locale;

/**
 * The forms that give a credential away: how it begins, which characters follow and how many at
 * least. A new form is a new line in the table.
 */
final class SecretForms {

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
    Form.prefix("ghp_", 30), // GitHub, personal access token.
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
    int tail = end - from;
    if (tail < form.tailMin || tail > form.tailMax) {
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
    int dashes = text.indexOf("-----", from, Math.min(text.length(), from + KEY_BLOCK_NAME_WITHIN));
    return span(start, dashes < 0 ? from : dashes + 5);
  }

  /** After a letter or digit a form is part of another word, unless those are a URL's %3D. */
  private static boolean atWordStart(String text, int start) {
    return start == 0
        || !CardNumbers.isLetterOrDigit(text.charAt(start - 1))
        || (start >= 3 && text.charAt(start - 3) == '%');
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
