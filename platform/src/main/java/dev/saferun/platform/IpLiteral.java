package dev.saferun.platform;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address written as one. Of the many spellings that some parser takes (one number, octal, hex,
 * fewer than four parts, a zone, version 4 inside of version 6) only the plain one of each version
 * is read, so that this reader and the one that connects cannot disagree.
 */
final class IpLiteral {

  private static final Pattern FOUR =
      Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

  private static final Pattern SIX = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  private IpLiteral() {}

  static Optional<InetAddress> parse(String text) {
    try {
      if (FOUR.matcher(text).matches()) {
        return Optional.of(Inet4Address.ofLiteral(text));
      }
      if (SIX.matcher(text).matches()) {
        // One of version 4 comes back for ::ffff:1.2.3.4.
        return Optional.of(Inet6Address.ofLiteral(text)).filter(Inet6Address.class::isInstance);
      }
      return Optional.empty();
    } catch (IllegalArgumentException otherwise) {
      return Optional.empty();
    }
  }
}
