package dev.saferun.auth.http;

import dev.saferun.auth.AuthConfiguration;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers, with every answer, to make nothing of it that it is not: no script, no frame, no
 * other type, no copy in a cache, no word to another site. A page that needs more says so itself.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class AnswerHeaders implements Ordered {

  private static final String NOTHING =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final boolean tls;

  AnswerHeaders(AuthConfiguration configuration) {
    this.tls = configuration.isTls();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    unlessThere(headers, "Content-Security-Policy", NOTHING);
    unlessThere(headers, "X-Content-Type-Options", "nosniff");
    unlessThere(headers, "X-Frame-Options", "DENY");
    unlessThere(headers, "Referrer-Policy", "no-referrer");
    unlessThere(headers, "Cross-Origin-Opener-Policy", "same-origin");
    unlessThere(headers, "Cross-Origin-Resource-Policy", "same-origin");
    unlessThere(headers, HttpHeaders.CACHE_CONTROL, "no-store");
    if (tls) {
      unlessThere(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }

  private static void unlessThere(MutableHttpHeaders headers, String name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }
}
