package dev.saferun.auth.oidc;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One organization's trust in one client at one provider.
 *
 * @param id what is known of the provider is kept for each connection apart, so that one
 *     organization cannot use up the look-ups of another
 * @param issuer the provider's name, compared byte for byte wherever it comes back
 * @param scopes {@code openid} among them
 * @param redirectUri where the provider sends the browser back to, with the code
 * @param postLogoutRedirectUri where it sends the browser after a logout, or null
 * @param clockSkew how far the provider's clock and ours may be apart
 * @param maxAge how long ago the person may have proved who they are, or null for any time
 * @param acrValues one of these the login must have; empty for any
 * @param readsUserinfo whether claims that the ID token lacks are read there
 */
public record OidcConnection(
    UUID id,
    String issuer,
    String clientId,
    OidcClientAuthentication authentication,
    List<String> scopes,
    String redirectUri,
    @Nullable String postLogoutRedirectUri,
    OidcClaimNames claimNames,
    Duration clockSkew,
    @Nullable Duration maxAge,
    List<String> acrValues,
    boolean readsUserinfo) {

  public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);
  private static final Duration MAX_AGE_MAX = Duration.ofDays(365);

  public OidcConnection {
    scopes = List.copyOf(scopes);
    acrValues = List.copyOf(acrValues);
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("a connection needs a client id");
    }
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException("the scopes of a connection must hold openid");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(CLOCK_SKEW_MAX) > 0) {
      throw new IllegalArgumentException("the clock skew must be from 0 to 5 minutes");
    }
    if (maxAge != null && (maxAge.isNegative() || maxAge.compareTo(MAX_AGE_MAX) > 0)) {
      throw new IllegalArgumentException("the age of a login must be from 0 to 365 days");
    }
    if (acrValues.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a demanded acr must not be blank");
    }
    checkAddress(redirectUri);
    if (postLogoutRedirectUri != null) {
      checkAddress(postLogoutRedirectUri);
    }
  }

  /** Ours; the appliance made it of its own public address. */
  private static void checkAddress(String url) {
    if (!IdpAddress.isTaken(url, true)) {
      throw new IllegalArgumentException("a redirect address must be a plain https URL");
    }
  }
}
