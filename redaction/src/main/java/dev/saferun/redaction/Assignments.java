package dev.saferun.redaction;

import java.util.List;

/**
 * Secrets behind their name: {@code password=...}, {@code api_key: "..."}, {@code "secret":"..."},
 * {@code 'token' => '...'}, {@code --password ...}, {@code <password>...</password>}. It starts at
 * the mark between name and value, looks back for the name and on for the value; only the value is
 * found.
 */
final class Assignments {

  private static final int NAME_MAX = 64;
  private static final int BETWEEN_MAX = 8;
  private static final String ENDS = ";\"'`<>)]}|\\";

  /** Words that say how a header's value is to be read; the secret stands behind them. */
  private static final PrefixTable SCHEMES =
      new PrefixTable(
          List.of(
              "bearer ",
              "basic ",
              "token ",
              "apikey ",
              "ssws ",
              "geniekey ",
              "bot ",
              "splunk ",
              "digest ",
              "key "),
          true);

  private Assignments() {}

  /** The value behind the {@code =} or {@code :} at a place. */
  static long at(byte[] text, int mark) {
    byte next = Ascii.at(text, mark + 1);
    byte before = Ascii.at(text, mark - 1);
    if (next == '=' || before == '=' || before == '!' || before == '<' || next == '/') {
      return Span.NOTHING;
    }
    int nameEnd = nameEnd(text, before == ':' ? mark - 1 : mark);
    int nameStart = nameStart(text, nameEnd);
    if (nameStart == nameEnd) {
      return Span.NOTHING;
    }
    SecretNames name = SecretNames.of(text, nameStart, nameEnd);
    if (name == SecretNames.NONE) {
      return Span.NOTHING;
    }
    int from = text[mark] == '=' && next == '>' ? mark + 2 : mark + 1;
    return value(text, from, name, text[mark] == '=' && nameEnd == mark);
  }

  /** The value behind the option at a place that holds its first hyphen: {@code --password x}. */
  static long atOption(byte[] text, int hyphen) {
    if (hyphen > 0 && !Ascii.isSpace(text[hyphen - 1]) && text[hyphen - 1] != '"') {
      return Span.NOTHING;
    }
    int from = Ascii.at(text, hyphen + 1) == '-' ? hyphen + 2 : hyphen + 1;
    int end = from;
    while (end < from + NAME_MAX && isName(Ascii.at(text, end))) {
      end++;
    }
    if (end == from || Ascii.at(text, end) != ' ') {
      return Span.NOTHING;
    }
    if (end == from + 1 ? text[from] == 'u' : isUser(text, from, end)) {
      return userAndPassword(text, end + 1);
    }
    SecretNames name = SecretNames.of(text, from, end);
    return name == SecretNames.NONE || from == hyphen + 1
        ? Span.NOTHING
        : value(text, end, name, true);
  }

  private static boolean isUser(byte[] text, int from, int end) {
    return Ascii.text(text, from, end).equals("user");
  }

  /** {@code curl -u name:password}. */
  private static long userAndPassword(byte[] text, int from) {
    int name = isQuote(Ascii.at(text, from)) ? from + 1 : from;
    int colon = name;
    while (colon < name + NAME_MAX
        && (isName(Ascii.at(text, colon)) || Ascii.at(text, colon) == '@')) {
      colon++;
    }
    return colon > name && Ascii.at(text, colon) == ':'
        ? value(text, colon + 1, SecretNames.PASSWORD, true)
        : Span.NOTHING;
  }

  /** The text of the element whose start tag ends at a place. */
  static long atElement(byte[] text, int tagEnd) {
    int start = nameStart(text, tagEnd);
    if (start == tagEnd || Ascii.at(text, start - 1) != '<') {
      return Span.NOTHING;
    }
    SecretNames name = SecretNames.of(text, start, tagEnd);
    int from = tagEnd + 1;
    return name == SecretNames.NONE ? Span.NOTHING : closed(text, from, (byte) '<', name, true);
  }

  /** The value of a sentence: {@code the password is ...}. */
  static long inSentence(byte[] text, int wordsEnd) {
    long span = value(text, wordsEnd, SecretNames.PASSWORD, false);
    if (span == Span.NOTHING) {
      return span;
    }
    boolean digit = false;
    for (int i = Span.start(span); i < Span.end(span) && !digit; i++) {
      digit = Ascii.isDigit(text[i]);
    }
    return digit ? span : Span.NOTHING;
  }

  private static int nameEnd(byte[] text, int mark) {
    int end = mark;
    while (end > 0
        && mark - end < BETWEEN_MAX
        && (text[end - 1] == ' '
            || text[end - 1] == '\\'
            || text[end - 1] == ']'
            || text[end - 1] == '*'
            || isQuote(text[end - 1]))) {
      end--;
    }
    return end;
  }

  private static int nameStart(byte[] text, int end) {
    int start = end;
    while (start > 0 && end - start < NAME_MAX && isName(text[start - 1])) {
      start--;
    }
    return start;
  }

  private static boolean isName(byte c) {
    return Ascii.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static long value(byte[] text, int after, SecretNames name, boolean joined) {
    int from = after;
    while (from < after + BETWEEN_MAX
        && (Ascii.at(text, from) == ' '
            || Ascii.at(text, from) == '\t'
            || Ascii.at(text, from) == '*')) {
      from++;
    }
    boolean tight = joined && from == after;
    byte first = Ascii.at(text, from);
    if (first == '\\' && isQuote(Ascii.at(text, from + 1))) {
      return closed(text, from + 2, (byte) '\\', name, tight);
    }
    if (isQuote(first)) {
      return closed(text, from + 1, first, name, tight);
    }
    int scheme = SCHEMES.longest(text, from);
    return open(
        text, scheme == PrefixTable.NONE ? from : from + SCHEMES.length(scheme), name, tight);
  }

  /** Up to the mark that closes it; a scheme at the start stays. */
  private static long closed(byte[] text, int opened, byte close, SecretNames name, boolean tight) {
    int scheme = SCHEMES.longest(text, opened);
    int from = scheme == PrefixTable.NONE ? opened : opened + SCHEMES.length(scheme);
    int lookedAt = Math.min(text.length, from + SecretValues.LOOKED_AT_MAX);
    int end = from;
    while (end < lookedAt && text[end] != close && text[end] != '\n') {
      end++;
    }
    if (end == from || !isReal(text, from, end, name, true, tight)) {
      return Span.NOTHING;
    }
    while (end < text.length && text[end] != close && text[end] != '\n') {
      end++;
    }
    return Span.of(from, end);
  }

  private static long open(byte[] text, int from, SecretNames name, boolean tight) {
    int lookedAt = Math.min(text.length, from + SecretValues.LOOKED_AT_MAX);
    int end = from;
    while (end < lookedAt && !endsOpen(text, end)) {
      end++;
    }
    boolean isCut = end == lookedAt && end < text.length;
    int trimmed = isCut ? end : trimmed(text, from, end);
    if (trimmed == from || !isReal(text, from, trimmed, name, false, tight)) {
      return Span.NOTHING;
    }
    while (isCut && trimmed < text.length && !endsOpen(text, trimmed)) {
      trimmed++;
    }
    return Span.of(from, trimmed);
  }

  private static boolean isReal(
      byte[] text, int from, int end, SecretNames name, boolean quoted, boolean tight) {
    return SecretValues.isReal(name, Ascii.text(text, from, end), quoted, tight);
  }

  private static boolean endsOpen(byte[] text, int at) {
    byte c = text[at];
    return Ascii.isSpace(c)
        || (c > 0 && ENDS.indexOf(c) >= 0)
        || ((c == ',' || c == '&') && endsAtJoint(text, at));
  }

  /** A comma or ampersand is part of a password unless something new begins behind it. */
  private static boolean endsAtJoint(byte[] text, int joint) {
    int at = joint + 1;
    while (at < joint + NAME_MAX && isName(Ascii.at(text, at))) {
      at++;
    }
    byte c = Ascii.at(text, at);
    return at == joint + 1
        ? c == 0 || c == '&' || Ascii.isSpace(c) || isQuote(c)
        : c == '=' || c == ':';
  }

  private static int trimmed(byte[] text, int from, int end) {
    int trimmed = end;
    while (trimmed > from && (text[trimmed - 1] == '.' || text[trimmed - 1] == ',')) {
      trimmed--;
    }
    return trimmed;
  }
}
