package dev.saferun.auth.oidc;

import dev.saferun.platform.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The appliance's side of a login at a provider that is a real one. */
final class RealProvider {

  static final String HOME = "https://saferun.example.com/";
  static final String CALLBACK = HOME + "callback";
  static final String BYE = HOME + "bye";

  final OidcConnection connection;
  final OidcLogins logins;
  final OidcLogout logout;

  RealProvider(
      String issuer, String client, String secret, List<String> scopes, boolean readsUserinfo) {
    this.connection =
        new OidcConnection(
            new UUID(0, 1),
            issuer,
            client,
            new OidcClientAuthentication.SecretBasic(Secret.of(secret)),
            scopes,
            CALLBACK,
            BYE,
            OidcClaimNames.defaults(),
            OidcConnection.CLOCK_SKEW,
            null,
            List.of(),
            readsUserinfo);
    OidcDiscovery discovery = new OidcDiscovery(TestWeb.plain(), InstantSource.system(), options());
    this.logins = new OidcLogins(discovery);
    this.logout = new OidcLogout(discovery);
  }

  /** A key that is changed is looked for at once, for the tests do not wait. */
  private static OidcOptions options() {
    OidcOptions options = OidcFixtures.withHttpOnLoopback();
    return new OidcOptions(
        options.metadataLife(),
        options.keysLife(),
        Duration.ZERO,
        options.failureLife(),
        options.flowLife(),
        options.logoutTokenLife(),
        true);
  }

  OidcStart.Started begin() {
    return switch (logins.begin(connection)) {
      case OidcStart.Started started -> started;
      case OidcStart.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  OidcLogin accepted(OidcOutcome outcome) {
    return switch (outcome) {
      case OidcOutcome.Accepted accepted -> accepted.login();
      case OidcOutcome.Refused refused -> throw new AssertionError(refused);
    };
  }
}
