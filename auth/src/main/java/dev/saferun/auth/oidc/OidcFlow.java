package dev.saferun.auth.oidc;

import java.time.Instant;
import java.util.UUID;

/**
 * A login that has begun and not ended. Its owner keeps it on the server, bound to the browser that
 * it was begun for, and takes it out before {@link OidcLogins#finish}: a flow ends once, however it
 * ends.
 *
 * @param state what the callback must carry
 * @param nonce what the ID token must carry
 * @param codeVerifier what only we know of the code challenge
 */
public record OidcFlow(
    UUID connectionId,
    String issuer,
    String clientId,
    String redirectUri,
    String state,
    String nonce,
    String codeVerifier,
    Instant startedAt) {

  /** Whether it was begun at this client of this provider. */
  boolean isOf(OidcConnection connection) {
    return connectionId.equals(connection.id())
        && issuer.equals(connection.issuer())
        && clientId.equals(connection.clientId())
        && redirectUri.equals(connection.redirectUri());
  }

  /** Not its secrets. */
  @Override
  public String toString() {
    return "OidcFlow[" + connectionId + ", " + startedAt + "]";
  }
}
