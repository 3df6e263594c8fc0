package dev.saferun.auth.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Adds what a client needs to know beside the problem of a refusal. Stands outside of {@link
 * KeyFilter}, because a filter that refuses a request never sees the answer to it.
 */
@ServerFilter({"/v1/**", "/scim/**", "/sign-in/**"})
class RefusalHeaders implements Ordered {

  private static final String RETRY_AFTER_SECONDS = "saferun.retry-after";
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** Notes for the answer when it is worth coming again. */
  static void retryAfter(HttpRequest<?> request, long waitNanos) {
    request.setAttribute(RETRY_AFTER_SECONDS, Math.ceilDiv(waitNanos, NANOS_A_SECOND));
  }

  @ResponseFilter
  void explain(HttpRequest<?> request, MutableHttpResponse<?> response) {
    int status = response.code();
    if (status == HttpStatus.UNAUTHORIZED.getCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    } else if (status == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
      request
          .getAttribute(RETRY_AFTER_SECONDS)
          .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds.toString()));
    }
  }
}
