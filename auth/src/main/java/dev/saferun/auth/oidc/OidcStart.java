package dev.saferun.auth.oidc;

/** What came of the beginning of a login. */
public sealed interface OidcStart {

  /**
   * The browser goes to the address.
   *
   * @param flow for the store of the one who began it
   */
  record Started(String authorizationUrl, OidcFlow flow) implements OidcStart {}

  /** The provider cannot be used as it is now; nobody was sent anywhere. */
  record Refused(OidcRefusal reason) implements OidcStart {}
}
