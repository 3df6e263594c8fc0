package dev.saferun.auth.oidc;

/** What several tests need. */
final class OidcFixtures {

  private OidcFixtures() {}

  /** As for development, and for the real providers that the tests start. */
  static OidcOptions withHttpOnLoopback() {
    OidcOptions defaults = OidcOptions.defaults();
    return new OidcOptions(
        defaults.metadataLife(),
        defaults.keysLife(),
        defaults.keysRefetch(),
        defaults.failureLife(),
        defaults.flowLife(),
        defaults.logoutTokenLife(),
        true);
  }
}
