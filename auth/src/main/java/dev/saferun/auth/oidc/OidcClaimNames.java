package dev.saferun.auth.oidc;

/**
 * Under which names a provider tells what we show and map.
 *
 * @param groups a claim that is a text or a list of texts
 */
public record OidcClaimNames(String email, String name, String groups) {

  public static OidcClaimNames defaults() {
    return new OidcClaimNames("email", "name", "groups");
  }
}
