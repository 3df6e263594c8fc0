package dev.saferun.auth.oidc;

import dev.saferun.auth.oidc.OidcLogoutOutcome.Accepted;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions at both ends: tells the provider of a logout here, and believes the provider of a
 * logout there. Safe to share between threads; both methods may block on the provider.
 */
public final class OidcLogout {

  private final OidcDiscovery discovery;
  private final TokenReader tokens;
  private final LogoutTokenProfile profile;

  public OidcLogout(OidcDiscovery discovery) {
    this.discovery = discovery;
    this.tokens = new TokenReader(discovery.checks());
    this.profile =
        new LogoutTokenProfile(discovery.checks(), discovery.options().logoutTokenLife());
  }

  /**
   * Where to send the browser so that the provider ends its session too (OpenID Connect
   * RP-Initiated Logout). Empty where the provider takes no such request or is not to be reached:
   * the session here is ended all the same.
   *
   * @param idToken of the login, or null where it is not known any more; then the provider asks
   * @param state comes back with the browser, or null
   */
  public Optional<String> endSessionUrl(
      OidcConnection connection, @Nullable String idToken, @Nullable String state) {
    try {
      URI endpoint = discovery.provider(connection).metadata().endSession();
      return endpoint == null
          ? Optional.empty()
          : Optional.of(EndSessionRequest.url(connection, endpoint, idToken, state));
    } catch (RefusedException refused) {
      return Optional.empty();
    }
  }

  /**
   * Judges a logout token that was posted, by anybody, to the connection's back-channel address.
   * That its id was not seen before is for the caller to find out, in the act of storing it.
   */
  public OidcLogoutOutcome readLogoutToken(OidcConnection connection, String token) {
    try {
      VerifiedToken read = tokens.read(discovery.provider(connection), token, TokenKind.LOGOUT);
      return new Accepted(profile.check(connection, read.claims(), discovery.clock().instant()));
    } catch (RefusedException refused) {
      return new OidcLogoutOutcome.Refused(refused.refusal());
    }
  }
}
