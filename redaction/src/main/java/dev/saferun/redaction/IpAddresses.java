package dev.saferun.redaction;

import java.util.Locale;

/**
 * Addresses of IP version 4 and 6. The machine's own, the unspecified ones, netmasks and numbers of
 * versions are left.
 */
final class IpAddresses {

  private static final int GROUPS = 8;
  private static final int VERSION_WORD_MAX = 8;

  private IpAddresses() {}

  /** The end of four numbers below 256 with points between; {@code start} when there is none. */
  static int endOfFour(byte[] text, int start) {
    byte before = Ascii.at(text, start - 1);
    if (Ascii.isLetter(before) || before == '.' || isVersion(text, start)) {
      return start;
    }
    int at = start;
    int first = 0;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && Ascii.at(text, at++) != '.') {
        return start;
      }
      int end = octetEnd(text, at);
      if (end == at) {
        return start;
      }
      first = part == 0 ? value(text, at, end) : first;
      at = end;
    }
    byte after = Ascii.at(text, at);
    boolean goesOn =
        Ascii.isLetterOrDigit(after)
            || ((after == '.' || after == '-') && Ascii.isDigit(Ascii.at(text, at + 1)));
    return goesOn || first == 0 || first == 127 || first == 255 ? start : at;
  }

  private static int octetEnd(byte[] text, int at) {
    int end = at;
    while (end < at + 4 && Ascii.isDigit(Ascii.at(text, end))) {
      end++;
    }
    boolean leads = end - at > 1 && text[at] == '0';
    return end == at || end - at > 3 || leads || value(text, at, end) > 255 ? at : end;
  }

  private static int value(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  /** Whether the word before says that a number of a version follows. */
  private static boolean isVersion(byte[] text, int start) {
    int end = start;
    while (end > 0 && start - end < 3 && !Ascii.isLetterOrDigit(text[end - 1])) {
      end--;
    }
    int from = end;
    while (from > 0 && end - from < VERSION_WORD_MAX && Ascii.isLetter(text[from - 1])) {
      from--;
    }
    if (Ascii.isLetterOrDigit(Ascii.at(text, from - 1))) {
      return false;
    }
    return switch (Ascii.text(text, from, end).toLowerCase(Locale.ROOT)) {
      case "v", "ver", "version", "release", "build", "firmware", "driver", "revision" -> true;
      default -> false;
    };
  }

  /** The end of an address of version 6; {@code start} when there is none. */
  static int endOfSix(byte[] text, int start) {
    byte before = Ascii.at(text, start - 1);
    if (Ascii.isLetterOrDigit(before) || before == ':' || before == '.') {
      return start;
    }
    int groups = 0;
    int digits = 0;
    boolean shortened = false;
    int at = start;
    if (Ascii.at(text, at) == ':') {
      if (Ascii.at(text, at + 1) != ':') {
        return start;
      }
      shortened = true;
      at += 2;
    }
    while (groups < GROUPS && Ascii.isHex(Ascii.at(text, at))) {
      int from = at;
      while (at < from + 5 && Ascii.isHex(Ascii.at(text, at))) {
        digits += Ascii.isDigit(text[at]) ? 1 : 0;
        at++;
      }
      if (at - from > 4) {
        return start;
      }
      groups++;
      if (Ascii.at(text, at) != ':' || groups == GROUPS) {
        break;
      }
      if (Ascii.at(text, at + 1) == ':') {
        if (shortened) {
          return start;
        }
        shortened = true;
        at += 2;
      } else if (Ascii.isHex(Ascii.at(text, at + 1))) {
        at++;
      } else {
        break;
      }
    }
    byte after = Ascii.at(text, at);
    boolean goesOn =
        Ascii.isLetterOrDigit(after)
            || after == '_'
            || (after == ':' && Ascii.isLetterOrDigit(Ascii.at(text, at + 1)));
    boolean isWhole = shortened ? groups >= 2 && groups < GROUPS : groups == GROUPS;
    return isWhole && digits > 0 && !goesOn ? at : start;
  }
}
