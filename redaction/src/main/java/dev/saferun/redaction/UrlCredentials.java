package dev.saferun.redaction;

/**
 * Passwords in addresses: {@code scheme://user:password@host}, of any scheme, and long random user
 * names that are credentials themselves. Only the password is found, so that user and host stay.
 */
final class UrlCredentials {

  private static final int AUTHORITY_MAX = 512;
  private static final int BARE_USER_MIN = 20;

  private UrlCredentials() {}

  /** The credential in the address whose {@code ://} begins at a place. */
  static long at(byte[] text, int colon) {
    if (!isScheme(text, colon)) {
      return Span.NOTHING;
    }
    int start = colon + 3;
    int limit = Math.min(text.length, start + AUTHORITY_MAX);
    int separator = -1;
    int host = -1;
    for (int at = start; at < limit && !endsAuthority(text[at]); at++) {
      if (text[at] == '@') {
        host = at;
      } else if (text[at] == ':' && separator < 0) {
        separator = at;
      }
    }
    if (host < 0) {
      return Span.NOTHING;
    }
    return separator < 0 || separator > host
        ? bareUser(text, start, host)
        : password(text, separator + 1, host);
  }

  private static boolean isScheme(byte[] text, int colon) {
    return Ascii.at(text, colon + 1) == '/'
        && Ascii.at(text, colon + 2) == '/'
        && Ascii.isLetterOrDigit(Ascii.at(text, colon - 1));
  }

  private static boolean endsAuthority(byte c) {
    return Ascii.isSpace(c) || "/?#\"'<>\\`|,".indexOf(c) >= 0;
  }

  private static long password(byte[] text, int from, int to) {
    boolean isReal = to > from && SecretValues.isPassword(Ascii.text(text, from, to));
    return isReal ? Span.of(from, to) : Span.NOTHING;
  }

  private static long bareUser(byte[] text, int from, int to) {
    boolean isReal = to - from >= BARE_USER_MIN && SecretValues.isKey(Ascii.text(text, from, to));
    return isReal ? Span.of(from, to) : Span.NOTHING;
  }
}
