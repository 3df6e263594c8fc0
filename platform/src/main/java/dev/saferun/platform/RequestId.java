package dev.saferun.platform;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name that one request has in its answer, in the log and in the audit log. */
public final class RequestId {

  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "saferun.request-id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The client's where it is sane, else a new one; the same for the whole request. */
  public static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              String id = chosen(request.getHeaders().get(HEADER));
              request.setAttribute(ATTRIBUTE, id);
              return id;
            });
  }

  /** Puts it on the answer. */
  public static void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(HEADER, of(request));
  }

  private static String chosen(@Nullable String sent) {
    return sent != null && SANE.matcher(sent).matches()
        ? sent
        : Ids.next(System.currentTimeMillis()).toString();
  }
}
