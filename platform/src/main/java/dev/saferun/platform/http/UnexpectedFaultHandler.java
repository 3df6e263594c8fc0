package dev.saferun.platform.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what nobody expected: a refusal that a stage wrapped, or else an internal fault. The log
 * gets the classes and the places of the fault, never its text.
 */
@Singleton
final class UnexpectedFaultHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFaultHandler.class);

  private static final int CAUSES_MAX = 8;
  private static final int FRAMES_MAX = 40;

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
    Throwable root = unwrapped(fault);
    if (root instanceof ProblemException problem) {
      return ProblemDocument.answer(request, problem);
    }
    LOG.atError()
        .addKeyValue("request_id", RequestId.of(request))
        .addKeyValue("fault", places(root))
        .log("an unexpected fault");
    return ProblemDocument.answer(
        request, new ProblemException(CommonProblem.INTERNAL, "report it with the request id"));
  }

  private static Throwable unwrapped(Throwable fault) {
    Throwable root = fault;
    for (int depth = 0; depth < CAUSES_MAX; depth++) {
      Throwable cause = root.getCause();
      if (cause == null
          || !(root instanceof CompletionException || root instanceof ExecutionException)) {
        return root;
      }
      root = cause;
    }
    return root;
  }

  private static String places(Throwable fault) {
    StringBuilder text = new StringBuilder();
    Throwable current = fault;
    for (int depth = 0; depth < CAUSES_MAX && current != null; depth++) {
      text.append(depth == 0 ? "" : "\ncaused by ").append(current.getClass().getName());
      text.append(
          Arrays.stream(current.getStackTrace())
              .limit(FRAMES_MAX)
              .map(frame -> "\n  at " + frame)
              .collect(Collectors.joining()));
      current = current.getCause();
    }
    return text.toString();
  }
}
