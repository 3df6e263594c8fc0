package dev.saferun.platform.http;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the problem document (RFC 9457) of a refusal. */
final class ProblemDocument {

  private static final String TYPE = "https://saferun.dev/problems/";

  private ProblemDocument() {}

  static MutableHttpResponse<?> answer(HttpRequest<?> request, ProblemException problem) {
    MutableHttpResponse<?> response = HttpResponse.status(problem.code().status(), "");
    return fill(request, response, problem);
  }

  /** Puts the document into an answer whose headers (such as {@code Allow}) are to stay. */
  static MutableHttpResponse<?> fill(
      HttpRequest<?> request, MutableHttpResponse<?> response, ProblemException problem) {
    RequestId.mark(request, response);
    return response
        .status(problem.code().status())
        .body(document(request, problem))
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
  }

  private static byte[] document(HttpRequest<?> request, ProblemException problem) {
    ProblemCode code = problem.code();
    Map<String, @Nullable Object> document = new HashMap<>(problem.extensions());
    document.put("type", TYPE + code.code());
    document.put("title", code.title());
    document.put("status", code.status());
    document.put("detail", problem.detail());
    document.put("code", code.code());
    document.put("request_id", RequestId.of(request));
    if (problem.pointer() != null) {
      document.put("pointer", problem.pointer());
    }
    return CanonicalJson.write(document);
  }
}
