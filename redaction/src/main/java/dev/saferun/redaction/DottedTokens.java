package dev.saferun.redaction;

/**
 * Tokens that are told by the lengths of their parts: those of Discord's bots (24 to 28, 6, and at
 * least 27 characters with points between), of Telegram's bots (digits, a colon, {@code AA} and 33
 * more), and Mailchimp's keys (32 hexadecimal digits and a data centre).
 */
final class DottedTokens {

  private static final int DISCORD_ID_MIN = 23;
  private static final int DISCORD_ID_MAX = 28;
  private static final int DISCORD_TIME = 6;
  private static final int DISCORD_MAC_MIN = 27;
  private static final int TELEGRAM_SECRET = 35;
  private static final int MAILCHIMP_DIGITS = 32;

  private DottedTokens() {}

  /** The token that begins at a word's start with a letter. */
  static long at(byte[] text, int start) {
    byte c = text[start];
    if (c == 'M' || c == 'N' || c == 'O') {
      return discord(text, start);
    }
    return Ascii.isHex(c) ? mailchimp(text, start) : Span.NOTHING;
  }

  /** The token that begins with a digit. */
  static long atDigit(byte[] text, int start) {
    int end = start;
    while (end < start + 11 && Ascii.isDigit(Ascii.at(text, end))) {
      end++;
    }
    boolean isBot =
        end - start >= 8
            && end - start <= 10
            && Ascii.at(text, end) == ':'
            && Ascii.at(text, end + 1) == 'A'
            && partEnd(text, end + 1, TELEGRAM_SECRET + 1) == end + 1 + TELEGRAM_SECRET;
    if (isBot) {
      return Span.of(start, end + 1 + TELEGRAM_SECRET);
    }
    return text[start] == '1' ? VendorKeys.at(text, start) : mailchimp(text, start);
  }

  private static long discord(byte[] text, int start) {
    int id = partEnd(text, start, DISCORD_ID_MAX + 1);
    if (id - start < DISCORD_ID_MIN || id - start > DISCORD_ID_MAX || Ascii.at(text, id) != '.') {
      return Span.NOTHING;
    }
    int time = partEnd(text, id + 1, DISCORD_TIME + 1);
    if (time - id - 1 != DISCORD_TIME || Ascii.at(text, time) != '.') {
      return Span.NOTHING;
    }
    int end = partEnd(text, time + 1, 64);
    return end - time - 1 >= DISCORD_MAC_MIN ? Span.of(start, end) : Span.NOTHING;
  }

  private static int partEnd(byte[] text, int start, int max) {
    int end = start;
    while (end < start + max && isPart(Ascii.at(text, end))) {
      end++;
    }
    return end;
  }

  private static boolean isPart(byte c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static long mailchimp(byte[] text, int start) {
    int mark = start + MAILCHIMP_DIGITS;
    if (Ascii.at(text, mark) != '-'
        || Ascii.at(text, mark + 1) != 'u'
        || Ascii.at(text, mark + 2) != 's'
        || !Ascii.isDigit(Ascii.at(text, mark + 3))) {
      return Span.NOTHING;
    }
    for (int i = start; i < mark; i++) {
      if (!Ascii.isHex(text[i])) {
        return Span.NOTHING;
      }
    }
    int end = mark + 4;
    while (end < mark + 6 && Ascii.isDigit(Ascii.at(text, end))) {
      end++;
    }
    return Span.of(start, end);
  }
}
