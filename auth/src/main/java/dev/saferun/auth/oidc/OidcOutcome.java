package dev.saferun.auth.oidc;

/** What came of the end of a login. */
public sealed interface OidcOutcome {

  /** Every check was passed. */
  record Accepted(OidcLogin login) implements OidcOutcome {}

  /**
   * Nobody is logged in, and the flow is used up. The reason is for the one who looks after the
   * connection; whoever stands at the door learns that it did not work.
   *
   * @param said what the provider said of its own refusal, cleaned for display; mostly empty
   */
  record Refused(OidcRefusal reason, String said) implements OidcOutcome {}
}
