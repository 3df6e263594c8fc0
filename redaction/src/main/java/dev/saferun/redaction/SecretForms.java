package dev.saferun.redaction;

import java.util.stream.Stream;

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
   * @param anyCase whether the start, then given in lower case, is recognised in any case
   */
  private record Form(
      String start, int keptCharacters, int tailMin, int tailMax, String marks, boolean anyCase) {

    boolean startsAt(byte[] text, int at) {
      if (text.length - at < start.length()) {
        return false;
      }
      for (int i = 0; i < start.length(); i++) {
        byte c = text[at + i];
        if ((anyCase && Ascii.isLetter(c) ? c | ' ' : c) != start.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    boolean mayStartWith(char c) {
      return (anyCase ? Character.toLowerCase(c) : c) == start.charAt(0);
    }

    int lengthMin() {
      return start.length() + tailMin;
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
    new Form("bearer ", 7, 8, Integer.MAX_VALUE, BEARER_CHARACTERS, true),
  };

  /** What a private key's block begins with, also in the middle of a word. */
  static final char KEY_BLOCK_FIRST = '-';

  private static final String KEY_BLOCK_START = "-----BEGIN ";
  private static final String KEY_BLOCK_END = "-----END ";
  private static final String KEY_BLOCK_NAME = "PRIVATE KEY";
  private static final int KEY_BLOCK_NAME_WITHIN = 40;
  private static final int WORD_LENGTH_SURELY_RANDOM = 24;

  /** By the character that they begin with. */
  private static final Form[][] FORMS_BY_START = formsByStart();

  private SecretForms() {}

  /** The length of the shortest credential. */
  static int lengthMin() {
    return Stream.of(FORMS).mapToInt(Form::lengthMin).min().orElseThrow();
  }

  /** Whether a form can begin with this character at the start of a word. */
  static boolean mayStartWord(char c) {
    return c < FORMS_BY_START.length && FORMS_BY_START[c].length > 0;
  }

  /**
   * The span of the credential that begins at a place, or {@link #NOTHING}.
   *
   * @param bytes the same text as {@link Ascii} shows it
   */
  static long find(String text, byte[] bytes, int start) {
    byte c = bytes[start];
    if (c == KEY_BLOCK_FIRST) {
      return keyBlock(text, start);
    }
    if (c >= 0 && atWordStart(bytes, start)) {
      for (Form form : FORMS_BY_START[c]) {
        if (form.startsAt(bytes, start)) {
          return span(bytes, start, form);
        }
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

  private static long span(byte[] text, int start, Form form) {
    int from = start + form.start.length();
    int limit = (int) Math.min(text.length, (long) from + form.tailMax + 1);
    int end = from;
    while (end < limit && isTail(text[end], form.marks)) {
      end++;
    }
    int tail = end - from;
    if (tail < form.tailMin || tail > form.tailMax) {
      return NOTHING;
    }
    boolean word = form.keptCharacters > 0 && isWord(text, from, end);
    return word ? NOTHING : span(start + form.keptCharacters, end);
  }

  private static boolean isTail(byte c, String marks) {
    return Ascii.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
  }

  /** "Bearer instruments": a short run of letters is a word of a language, not a credential. */
  private static boolean isWord(byte[] text, int from, int end) {
    if (end - from >= WORD_LENGTH_SURELY_RANDOM) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (Ascii.isDigit(text[i])) {
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
  private static boolean atWordStart(byte[] text, int start) {
    return start == 0
        || !Ascii.isLetterOrDigit(text[start - 1])
        || (start >= 3 && text[start - 3] == '%');
  }

  private static Form[][] formsByStart() {
    Form[][] forms = new Form[128][];
    for (char c = 0; c < forms.length; c++) {
      char first = c;
      forms[c] = Stream.of(FORMS).filter(form -> form.mayStartWith(first)).toArray(Form[]::new);
    }
    return forms;
  }
}
