package dev.saferun.auth.saml;

import org.jspecify.annotations.Nullable;

/** A message as a browser brought it. */
public sealed interface ReceivedMessage {

  /**
   * @param rawQuery what stood behind the question mark, not decoded: the signature is over that
   */
  record Query(String rawQuery) implements ReceivedMessage {}

  /**
   * The fields of a form; one of the first two is there.
   *
   * @param request the field {@code SAMLRequest}
   * @param response the field {@code SAMLResponse}
   */
  record Form(@Nullable String request, @Nullable String response, @Nullable String relayState)
      implements ReceivedMessage {}
}
