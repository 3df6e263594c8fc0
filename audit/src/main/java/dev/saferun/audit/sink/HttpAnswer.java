package dev.saferun.audit.sink;

import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param headers by their names in lower case
 * @param body cut off nowhere; a longer one is no answer
 * @param retryAfter what it asked for, or null
 */
record HttpAnswer(
    int status, Map<String, String> headers, byte[] body, @Nullable Duration retryAfter) {

  boolean isSuccess() {
    return status / 100 == 2;
  }

  boolean isTooLarge() {
    return status == 413;
  }

  /** Empty where the body is no JSON object. */
  Optional<Map<String, @Nullable Object>> json() {
    try {
      return Optional.of(StrictJson.parseObject(body));
    } catch (ProblemException garbage) {
      return Optional.empty();
    }
  }

  /** What a status means that is the same to all protocols. */
  SinkException fault() {
    return fault("");
  }

  /**
   * @param said the receiver's words, scrubbed; empty, or from a colon on
   */
  SinkException fault(String said) {
    return new SinkException(meaning() + " (" + status + ")" + said, null, retryAfter);
  }

  private String meaning() {
    if (status / 100 == 3) {
      return "the receiver answers with a redirect, which is never followed";
    }
    return switch (status) {
      case 401, 403 -> "the receiver does not accept the credentials";
      case 404, 405 -> "the receiver knows no such address";
      case 410 -> "the receiver says that this address is gone for good";
      case 429, 503 -> "the receiver is busy";
      default -> "the receiver failed or refused the request";
    };
  }
}
