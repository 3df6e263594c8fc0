package dev.saferun.auth.saml;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a message is read against.
 *
 * @param requestId the id of the request with which this browser was sent away; absent where it was
 *     not
 */
public record Expectation(@Nullable String requestId, Instant now) {

  public static Expectation answerTo(String requestId, Instant now) {
    return new Expectation(requestId, now);
  }

  public static Expectation unsolicited(Instant now) {
    return new Expectation(null, now);
  }
}
