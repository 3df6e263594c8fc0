package dev.saferun.platform;

import dev.saferun.platform.AddressRefusedException.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one spelling in which a host is taken: an address, or a name of ASCII labels. */
final class HostName {

  private static final int CHARACTERS_MAX = 253;

  /**
   * Labels of letters, digits and inner hyphens. The last one starts with a letter: a host that
   * ends in a number is an address to many parsers, whatever stands before.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private HostName() {}

  /** The host in lower case; an address of version 6 stands without brackets. */
  static String check(String host) throws AddressRefusedException {
    if (IpLiteral.parse(host).isPresent()) {
      return host;
    }
    // Only ASCII is lowered, so no letter of another script turns into one that is taken.
    boolean isAscii = host.chars().allMatch(c -> c < 0x80);
    String name = isAscii ? host.toLowerCase(Locale.ROOT) : "";
    if (name.length() > CHARACTERS_MAX || !NAME.matcher(name).matches()) {
      throw new AddressRefusedException(Reason.SPELLING);
    }
    return name;
  }
}
