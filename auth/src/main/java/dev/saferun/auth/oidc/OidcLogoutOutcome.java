package dev.saferun.auth.oidc;

/** What came of a logout token that somebody posted. */
public sealed interface OidcLogoutOutcome {

  /** The provider ended sessions. The caller stores the token's id first, once. */
  record Accepted(OidcLogoutToken token) implements OidcLogoutOutcome {}

  /** Nothing is ended. */
  record Refused(OidcRefusal reason) implements OidcLogoutOutcome {}
}
