package dev.saferun.platform.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/**
 * Answers what the server itself refuses before or instead of a controller: no such address, a
 * wrong method or media type, a body over the limit, a parameter that does not convert. Its own
 * words are replaced, because they quote what was sent.
 */
@Singleton
@Primary
final class ServerRefusals implements ErrorResponseProcessor<Object> {

  @Override
  @SuppressWarnings("unchecked")
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    return (MutableHttpResponse<Object>)
        ProblemDocument.fill(context.getRequest(), response, problem(response.code()));
  }

  private static ProblemException problem(int status) {
    return switch (status) {
      case 401 ->
          new ProblemException(
              CommonProblem.UNAUTHENTICATED, "send Authorization: Bearer and a valid API key");
      case 403 -> new ProblemException(CommonProblem.PERMISSION_REQUIRED, "this key may not do it");
      case 404 -> new ProblemException(CommonProblem.NOT_FOUND, "there is no such address");
      case 405 ->
          new ProblemException(
              CommonProblem.METHOD_NOT_ALLOWED, "the header Allow names the methods");
      case 413 -> new ProblemException(CommonProblem.BODY_TOO_LARGE, "send less in one request");
      case 415 ->
          new ProblemException(
              CommonProblem.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json");
      default ->
          status < 500
              ? new ProblemException(
                  CommonProblem.INVALID_PARAMETER, "a parameter or the body is missing or wrong")
              : new ProblemException(CommonProblem.INTERNAL, "an unexpected fault");
    };
  }
}
