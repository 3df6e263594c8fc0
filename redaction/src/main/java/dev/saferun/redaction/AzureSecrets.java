package dev.saferun.redaction;

/**
 * Client secrets of Microsoft's directory: three characters, a digit, {@code Q~}, and 31 to 34
 * more. They are found from the tilde, the rarest of their characters.
 */
final class AzureSecrets {

  private static final int BEFORE = 5;
  private static final int AFTER_MIN = 31;
  private static final int AFTER_MAX = 34;

  private AzureSecrets() {}

  static long around(byte[] text, int tilde, int notBefore) {
    int start = tilde - BEFORE;
    if (start < notBefore || text[tilde - 1] != 'Q' || !Ascii.isDigit(text[tilde - 2])) {
      return Span.NOTHING;
    }
    int end = tilde + 1;
    while (end <= tilde + AFTER_MAX && isPart(Ascii.at(text, end))) {
      end++;
    }
    return end - tilde - 1 >= AFTER_MIN ? Span.of(start, end) : Span.NOTHING;
  }

  private static boolean isPart(byte c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~';
  }
}
