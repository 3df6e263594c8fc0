package dev.saferun.auth.http;

import dev.saferun.auth.scim.ScimError;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Writes every refusal under {@code /scim} in the form that directories know, whoever refused. As
 * {@link RefusalHeaders} it stands outside of the filter that knows the caller.
 */
@ServerFilter("/scim/**")
class ScimErrorFilter implements Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  void rewrite(MutableHttpResponse<?> response) {
    if (response.code() >= HttpStatus.BAD_REQUEST.getCode()
        && response.getContentType().filter(ScimErrorFilter::isProblem).isPresent()
        && response.body() instanceof byte[] problem) {
      response.body(ScimError.of(problem)).contentType(ScimAnswers.TYPE);
    }
  }

  private static boolean isProblem(MediaType type) {
    return type.getName().equals(MediaType.APPLICATION_JSON_PROBLEM);
  }
}
