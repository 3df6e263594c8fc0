package dev.saferun.platform.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import jakarta.inject.Singleton;

/** Answers a request that has no body where one is needed, as any other body that is not JSON. */
@Singleton
final class MissingBodyHandler
    implements ExceptionHandler<UnsatisfiedBodyRouteException, HttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, UnsatisfiedBodyRouteException fault) {
    return ProblemDocument.answer(
        request, new ProblemException(CommonProblem.INVALID_JSON, "the body is empty"));
  }
}
