package dev.saferun.auth.http;

import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.keys.KeyHasher;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request that changes something must bring beside the session's cookie, which a browser
 * sends whoever made the page: a value that only a page of ours can have read, and no word of the
 * browser that another site asked for it.
 */
@Singleton
final class CsrfTokens {

  static final String HEADER = "X-CSRF-Token";

  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final KeyHasher hasher;
  private final String origin;

  CsrfTokens(KeyHasher hasher, AuthConfiguration configuration) {
    this.hasher = hasher;
    this.origin = configuration.publicUrl();
  }

  /** The one for this session's ticket. */
  String of(String ticket) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(hasher.hash("csrf/" + ticket).bytes());
  }

  boolean isGood(HttpRequest<?> request, String ticket) {
    return isOwnSite(request) && matches(request.getHeaders().get(HEADER), of(ticket));
  }

  /** Headers that only a browser sets, and that no page can forge; absent where there is none. */
  private boolean isOwnSite(HttpRequest<?> request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    String from = request.getHeaders().get(HttpHeaders.ORIGIN);
    return (site == null || OWN_SITES.contains(site)) && (from == null || from.equals(origin));
  }

  private static boolean matches(@Nullable String given, String wanted) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}
