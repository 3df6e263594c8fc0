package dev.saferun.auth.signin;

import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.oidc.IdpWeb;
import dev.saferun.auth.oidc.OidcConnection;
import dev.saferun.auth.oidc.OidcDiscovery;
import dev.saferun.auth.oidc.OidcFlow;
import dev.saferun.auth.oidc.OidcLogin;
import dev.saferun.auth.oidc.OidcLogins;
import dev.saferun.auth.oidc.OidcLogout;
import dev.saferun.auth.oidc.OidcLogoutOutcome;
import dev.saferun.auth.oidc.OidcOptions;
import dev.saferun.auth.oidc.OidcOutcome;
import dev.saferun.auth.oidc.OidcStart;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signs people in by OpenID Connect: between a {@link Connection} and the protocol. Blocks. */
@Singleton
public class OidcSignIn {

  private final SignInAddresses addresses;
  private final OidcDiscovery discovery;
  private final OidcLogins logins;
  private final OidcLogout logout;

  OidcSignIn(
      AuthConfiguration configuration, SignInAddresses addresses, IdpWeb web, InstantSource clock) {
    this.addresses = addresses;
    this.discovery = new OidcDiscovery(web, clock, options(!configuration.isTls()));
    this.logins = new OidcLogins(discovery);
    this.logout = new OidcLogout(discovery);
  }

  private static OidcOptions options(boolean development) {
    OidcOptions usual = OidcOptions.defaults();
    return new OidcOptions(
        usual.metadataLife(),
        usual.keysLife(),
        usual.keysRefetch(),
        usual.failureLife(),
        Flows.LIFE,
        usual.logoutTokenLife(),
        development);
  }

  /** What came of going to the provider. */
  public sealed interface Begun {

    record Sent(String location, Map<String, String> state) implements Begun {}

    record Refused(String why) implements Begun {}
  }

  /** What came of coming back. */
  public sealed interface Ended {

    record Verified(Claims claims) implements Ended {}

    record Refused(String why) implements Ended {}
  }

  /** What a provider's logout ends. */
  public record LoggedOut(
      String id, Optional<String> subject, Optional<String> session, Instant rememberUntil) {}

  public Begun begin(Connection connection, Map<String, String> secrets) {
    return switch (logins.begin(protocol(connection, secrets))) {
      case OidcStart.Started started ->
          new Begun.Sent(started.authorizationUrl(), state(started.flow()));
      case OidcStart.Refused refused -> new Begun.Refused(refused.reason().text());
    };
  }

  private static Map<String, String> state(OidcFlow flow) {
    Map<String, String> state = new LinkedHashMap<>();
    state.put("issuer", flow.issuer());
    state.put("client_id", flow.clientId());
    state.put("redirect_uri", flow.redirectUri());
    state.put("state", flow.state());
    state.put("nonce", flow.nonce());
    state.put("code_verifier", flow.codeVerifier());
    state.put("started_at", flow.startedAt().toString());
    return state;
  }

  private static OidcFlow flow(UUID connectionId, Map<String, String> state) {
    return new OidcFlow(
        connectionId,
        state.getOrDefault("issuer", ""),
        state.getOrDefault("client_id", ""),
        state.getOrDefault("redirect_uri", ""),
        state.getOrDefault("state", ""),
        state.getOrDefault("nonce", ""),
        state.getOrDefault("code_verifier", ""),
        Instant.parse(state.getOrDefault("started_at", Instant.EPOCH.toString())));
  }

  /**
   * @param parameters of the address that the browser came back to
   */
  public Ended finish(
      Connection connection,
      Map<String, String> secrets,
      Map<String, String> state,
      Map<String, List<String>> parameters) {
    OidcConnection protocol = protocol(connection, secrets);
    return switch (logins.finish(protocol, flow(connection.id(), state), parameters)) {
      case OidcOutcome.Accepted accepted -> new Ended.Verified(claims(accepted.login()));
      case OidcOutcome.Refused refused ->
          new Ended.Refused(
              refused.said().isEmpty()
                  ? refused.reason().text()
                  : refused.reason().text() + ": " + refused.said());
    };
  }

  private static Claims claims(OidcLogin login) {
    return new Claims(
        login.subject(),
        login.email(),
        login.isEmailVerified(),
        login.name(),
        new LinkedHashSet<>(login.groups()),
        login.sessionId(),
        login.idToken());
  }

  /**
   * Where the browser ends its session at the provider; empty where the provider has no such place.
   */
  public Optional<String> logoutAddress(
      Connection connection, Map<String, String> secrets, Optional<String> idToken) {
    return logout.endSessionUrl(protocol(connection, secrets), idToken.orElse(null), null);
  }

  /** Empty where the provider did not say so. */
  public Optional<LoggedOut> loggedOut(
      Connection connection, Map<String, String> secrets, String logoutToken) {
    return switch (logout.readLogoutToken(protocol(connection, secrets), logoutToken)) {
      case OidcLogoutOutcome.Accepted accepted ->
          Optional.of(
              new LoggedOut(
                  accepted.token().id(),
                  Optional.ofNullable(accepted.token().subject()),
                  Optional.ofNullable(accepted.token().sessionId()),
                  accepted.token().rememberUntil()));
      case OidcLogoutOutcome.Refused refused -> Optional.empty();
    };
  }

  /** What is known of its provider is looked up anew. */
  public void forget(UUID connectionId) {
    discovery.forget(connectionId);
  }

  private OidcConnection protocol(Connection connection, Map<String, String> secrets) {
    return OidcSettings.read(connection.settings()).connection(connection, secrets, addresses);
  }
}
