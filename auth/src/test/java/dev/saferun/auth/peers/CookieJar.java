package dev.saferun.auth.peers;

import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cookies of one browser. As browsers do it for 127.0.0.1, a cookie that is Secure goes there
 * without TLS too, and ports make no difference.
 */
final class CookieJar {

  private record Kept(String host, String path, HttpCookie cookie) {

    boolean isFor(URI address) {
      String asked = address.getPath().isEmpty() ? "/" : address.getPath();
      boolean isBelow =
          asked.equals(path) || asked.startsWith(path.endsWith("/") ? path : path + "/");
      return host.equals(address.getHost()) && isBelow && !cookie.hasExpired();
    }

    boolean isReplacedBy(Kept other) {
      return host.equals(other.host)
          && path.equals(other.path)
          && cookie.getName().equals(other.cookie.getName());
    }
  }

  private final List<Kept> kept = new ArrayList<>();

  /**
   * @param header one {@code Set-Cookie}
   */
  void take(URI from, String header) {
    for (HttpCookie cookie : HttpCookie.parse(header)) {
      Kept fresh = new Kept(from.getHost(), path(from, cookie), cookie);
      kept.removeIf(old -> old.isReplacedBy(fresh));
      kept.add(fresh);
    }
  }

  private static String path(URI from, HttpCookie cookie) {
    if (cookie.getPath() != null && cookie.getPath().startsWith("/")) {
      return cookie.getPath();
    }
    int end = from.getPath().lastIndexOf('/');
    return end <= 0 ? "/" : from.getPath().substring(0, end);
  }

  /** What goes along to an address; empty where nothing does. */
  String header(URI to) {
    return kept.stream()
        .filter(one -> one.isFor(to))
        .map(one -> one.cookie().getName() + "=" + one.cookie().getValue())
        .collect(Collectors.joining("; "));
  }
}
