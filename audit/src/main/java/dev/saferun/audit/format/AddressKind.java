package dev.saferun.audit.format;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** What a client's address is; formats have a field for each, and refuse one in the wrong field. */
enum AddressKind {
  IPV4,
  IPV6,
  /** A name, or nothing that can be understood. */
  OTHER;

  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
  private static final Pattern HEX_GROUPS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Asks no name server. */
  static AddressKind of(String text) {
    if (FOUR_NUMBERS.matcher(text).matches()) {
      return isLiteral(text) ? IPV4 : OTHER;
    }
    return HEX_GROUPS.matcher(text).matches() && isLiteral(text) ? IPV6 : OTHER;
  }

  private static boolean isLiteral(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }
}
