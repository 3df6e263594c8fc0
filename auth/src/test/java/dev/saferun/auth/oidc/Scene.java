package dev.saferun.auth.oidc;

import dev.saferun.platform.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One appliance, one provider and one browser between them, for one attempt. */
final class Scene implements AutoCloseable {

  static final UUID CONNECTION = UUID.fromString("01900000-0000-7000-8000-000000000001");
  static final String REDIRECT = "https://saferun.example.com/callback";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final TestClock clock = new TestClock();
  final HostileProvider provider = new HostileProvider(clock);
  final OidcDiscovery discovery;
  final OidcLogins logins;
  final OidcLogout logout;
  UUID connectionId = CONNECTION;
  String issuer = HostileProvider.ISSUER;
  OidcClientAuthentication authentication =
      new OidcClientAuthentication.SecretBasic(Secret.of(HostileProvider.SECRET));
  @Nullable Duration maxAge = null;
  List<String> acrValues = List.of();
  boolean readsUserinfo = false;
  OidcClaimNames claimNames = OidcClaimNames.defaults();
  UnaryOperator<String> link = UnaryOperator.identity();
  UnaryOperator<OidcFlow> flow = UnaryOperator.identity();
  Consumer<Map<String, List<String>>> callback = unchanged -> {};

  Scene() {
    this(OidcChecks.all());
  }

  Scene(OidcChecks checks) {
    this(checks, PATIENCE);
  }

  Scene(OidcChecks checks, Duration patience) {
    TestWeb web =
        new TestWeb(
            Map.of(
                HostileProvider.HOST,
                provider.address(),
                HostileProvider.HOST.replace("https", "http"),
                provider.address()),
            patience);
    this.discovery = new OidcDiscovery(web, clock, OidcOptions.defaults(), checks);
    this.logins = new OidcLogins(discovery);
    this.logout = new OidcLogout(discovery);
  }

  OidcConnection connection() {
    return new OidcConnection(
        connectionId,
        issuer,
        HostileProvider.CLIENT,
        authentication,
        List.of("openid", "email", "profile"),
        REDIRECT,
        "https://saferun.example.com/bye",
        claimNames,
        OidcConnection.CLOCK_SKEW,
        maxAge,
        acrValues,
        readsUserinfo);
  }

  OidcStart.Started begin() {
    return switch (logins.begin(connection())) {
      case OidcStart.Started started -> started;
      case OidcStart.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  /** From the link on the page to whoever is logged in by it. */
  OidcOutcome login() {
    return switch (logins.begin(connection())) {
      case OidcStart.Started started -> finish(started);
      case OidcStart.Refused refused -> new OidcOutcome.Refused(refused.reason(), "");
    };
  }

  OidcOutcome finish(OidcStart.Started started) {
    Map<String, List<String>> parameters =
        provider.authorize(link.apply(started.authorizationUrl()));
    callback.accept(parameters);
    return logins.finish(connection(), flow.apply(started.flow()), parameters);
  }

  OidcLogin accepted() {
    return switch (login()) {
      case OidcOutcome.Accepted accepted -> accepted.login();
      case OidcOutcome.Refused refused -> throw new AssertionError(refused);
    };
  }

  /** Empty where somebody got in. */
  Optional<OidcRefusal> refusalOfLogin() {
    return switch (login()) {
      case OidcOutcome.Accepted accepted -> Optional.empty();
      case OidcOutcome.Refused refused -> Optional.of(refused.reason());
    };
  }

  Optional<OidcRefusal> refusalOfLogout(String token) {
    return switch (logout.readLogoutToken(connection(), token)) {
      case OidcLogoutOutcome.Accepted accepted -> Optional.empty();
      case OidcLogoutOutcome.Refused refused -> Optional.of(refused.reason());
    };
  }

  @Override
  public void close() {
    provider.close();
  }
}
