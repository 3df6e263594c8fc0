package dev.saferun.auth.oidc;

import dev.saferun.auth.oidc.OidcOutcome.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in by the authorization code flow with PKCE, and by no other. Safe to share between
 * threads; both methods block on the provider.
 */
public final class OidcLogins {

  private final OidcDiscovery discovery;
  private final OidcChecks checks;
  private final TokenReader tokens;
  private final IdTokenProfile profile;
  private final TokenEndpoint tokenEndpoint;
  private final UserinfoEndpoint userinfoEndpoint;

  public OidcLogins(OidcDiscovery discovery) {
    this.discovery = discovery;
    this.checks = discovery.checks();
    this.tokens = new TokenReader(checks);
    this.profile = new IdTokenProfile(checks);
    this.tokenEndpoint = new TokenEndpoint(discovery.web(), checks);
    this.userinfoEndpoint = new UserinfoEndpoint(discovery.web(), checks);
  }

  /** Where to send the browser, and what to keep until it comes back. */
  public OidcStart begin(OidcConnection connection) {
    try {
      ProviderMetadata metadata = discovery.provider(connection).metadata();
      OidcFlow flow = flow(connection);
      return new OidcStart.Started(
          AuthorizationRequest.url(connection, metadata.authorization(), flow, checks), flow);
    } catch (RefusedException refused) {
      return new OidcStart.Refused(refused.refusal());
    }
  }

  private OidcFlow flow(OidcConnection connection) {
    return new OidcFlow(
        connection.id(),
        connection.issuer(),
        connection.clientId(),
        connection.redirectUri(),
        Texts.secret(),
        Texts.secret(),
        Texts.secret(),
        discovery.clock().instant());
  }

  /**
   * Who came back.
   *
   * @param flow taken out of its store: whatever comes of it, it is used up
   * @param parameters of the callback's query, decoded, each with all of its values
   */
  public OidcOutcome finish(
      OidcConnection connection, OidcFlow flow, Map<String, List<String>> parameters) {
    try {
      return new Accepted(login(connection, flow, Callback.read(parameters, checks)));
    } catch (RefusedException refused) {
      return new OidcOutcome.Refused(refused.refusal(), refused.said());
    }
  }

  private OidcLogin login(OidcConnection connection, OidcFlow flow, Callback callback)
      throws RefusedException {
    checks.require(OidcCheck.FLOW_CONNECTION, flow.isOf(connection));
    checks.require(OidcCheck.FLOW_AGE, isInTime(connection, flow));
    KnownProvider provider = discovery.provider(connection);
    String code = callback.code(connection, flow, provider, checks);
    TokenAnswer answer =
        tokenEndpoint.exchange(connection, provider.metadata().token(), flow, code);
    VerifiedToken token = tokens.read(provider, answer.idToken(), TokenKind.ID);
    profile.check(connection, flow, code, answer, token, discovery.clock().instant());
    return new LoginClaims(
            connection, token.claims(), userinfo(connection, provider, answer, token.claims()))
        .login(answer.idToken());
  }

  /** Another node may have begun it, whose clock is a little ahead. */
  private boolean isInTime(OidcConnection connection, OidcFlow flow) {
    Duration age = Duration.between(flow.startedAt(), discovery.clock().instant());
    return age.compareTo(discovery.options().flowLife()) < 0
        && age.plus(connection.clockSkew()).isPositive();
  }

  private @Nullable Members userinfo(
      OidcConnection connection, KnownProvider provider, TokenAnswer answer, Members claims)
      throws RefusedException {
    return connection.readsUserinfo()
        ? userinfoEndpoint.read(
            provider.metadata().userinfo(), answer.accessToken(), claims.text("sub"))
        : null;
  }
}
