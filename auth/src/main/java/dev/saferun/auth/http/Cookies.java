package dev.saferun.auth.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The appliance's cookies. The prefix {@code __Host-} has a browser take them over TLS only, for
 * this host and all of its paths, whoever tries to set another; no script reads them.
 */
final class Cookies {

  private static final String SESSION = "__Host-saferun";
  private static final String ALWAYS = "; Path=/; Secure; HttpOnly; SameSite=";

  private Cookies() {}

  static Optional<String> session(HttpRequest<?> request) {
    return of(request, SESSION);
  }

  static Optional<String> of(HttpRequest<?> request, String name) {
    return request.getCookies().findCookie(name).map(cookie -> cookie.getValue());
  }

  static void setSession(MutableHttpResponse<?> response, String ticket, Duration life) {
    set(response, SESSION, ticket, life, "Lax");
  }

  static void clearSession(MutableHttpResponse<?> response) {
    set(response, SESSION, "", Duration.ZERO, "Lax");
  }

  /**
   * @param sameSite {@code None} where an identity provider's page posts back to us
   */
  static void set(
      MutableHttpResponse<?> response, String name, String value, Duration life, String sameSite) {
    response
        .getHeaders()
        .add(
            HttpHeaders.SET_COOKIE,
            name + "=" + value + "; Max-Age=" + life.toSeconds() + ALWAYS + sameSite);
  }
}
