package dev.saferun.platform.http;

import dev.saferun.platform.RequestId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Puts the request id on every answer. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestIdFilter {

  @ResponseFilter
  void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RequestId.mark(request, response);
  }
}
