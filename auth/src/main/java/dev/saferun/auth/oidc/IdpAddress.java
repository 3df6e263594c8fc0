package dev.saferun.auth.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one form in which an address of a provider is taken. Whether it may be called is for the
 * {@link IdpWeb} to say; this is about where a browser is sent and what is sent in the clear.
 */
final class IdpAddress {

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E&&[^\\\\]]{1,2000}");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private IdpAddress() {}

  static boolean isTaken(String url, boolean httpOnLoopback) {
    if (!VISIBLE_ASCII.matcher(url).matches()) {
      return false;
    }
    try {
      return isTaken(new URI(url), httpOnLoopback);
    } catch (URISyntaxException fault) {
      return false;
    }
  }

  private static boolean isTaken(URI uri, boolean httpOnLoopback) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return false;
    }
    boolean isPlain =
        "http".equals(uri.getScheme()) && httpOnLoopback && LOOPBACK.contains(uri.getHost());
    return isPlain || "https".equals(uri.getScheme());
  }
}
