package dev.saferun.platform;

import dev.saferun.platform.AddressRefusedException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes a URL apart. Two parsers that find another host in one text are the root of many attacks,
 * so whatever leaves room for that is refused, not repaired.
 */
final class TargetReader {

  private static final int PORT_MAX = 65_535;

  private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80);

  private TargetReader() {}

  static Target read(String url, Set<String> schemes) throws AddressRefusedException {
    URI uri = parse(url);
    if (!schemes.contains(scheme(uri))) {
      throw new AddressRefusedException(Reason.SCHEME);
    }
    String authority = authority(uri);
    if (authority.contains("@")) {
      throw new AddressRefusedException(Reason.USER_INFO);
    }
    if (uri.getRawFragment() != null) {
      throw new AddressRefusedException(Reason.FRAGMENT);
    }
    int end = endOfHost(authority);
    return new Target(
        scheme(uri),
        HostName.check(unbracketed(authority.substring(0, end))),
        port(authority.substring(end), scheme(uri)),
        uri.getRawPath() == null ? "" : uri.getRawPath(),
        uri.getRawQuery() == null ? "" : uri.getRawQuery());
  }

  private static URI parse(String url) throws AddressRefusedException {
    // URI takes letters of other scripts as they are, and no client sends them so.
    if (url.chars().anyMatch(c -> c <= 0x20 || c >= 0x7F || c == '\\')) {
      throw new AddressRefusedException(Reason.URL);
    }
    try {
      return new URI(url);
    } catch (URISyntaxException fault) {
      throw new AddressRefusedException(Reason.URL);
    }
  }

  private static String scheme(URI uri) throws AddressRefusedException {
    if (uri.getScheme() == null) {
      throw new AddressRefusedException(Reason.URL);
    }
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String authority(URI uri) throws AddressRefusedException {
    if (uri.getRawAuthority() == null) {
      throw new AddressRefusedException(Reason.URL);
    }
    return uri.getRawAuthority();
  }

  private static int endOfHost(String authority) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    return end < 0 ? authority.length() : end;
  }

  /** An address of version 6 must stand in brackets, and nothing else may. */
  private static String unbracketed(String host) throws AddressRefusedException {
    if (!host.startsWith("[")) {
      return host;
    }
    String inner = host.substring(1, host.length() - 1);
    if (!inner.contains(":")) {
      throw new AddressRefusedException(Reason.SPELLING);
    }
    return inner;
  }

  private static int port(String rest, String scheme) throws AddressRefusedException {
    if (rest.isEmpty()) {
      return checkPort(PORTS.getOrDefault(scheme, 0));
    }
    if (!rest.matches(":[1-9][0-9]{0,4}")) {
      throw new AddressRefusedException(Reason.PORT);
    }
    return checkPort(Integer.parseInt(rest.substring(1)));
  }

  static int checkPort(int port) throws AddressRefusedException {
    if (port < 1 || port > PORT_MAX) {
      throw new AddressRefusedException(Reason.PORT);
    }
    return port;
  }
}
