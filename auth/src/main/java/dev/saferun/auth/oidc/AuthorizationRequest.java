package dev.saferun.auth.oidc;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import java.net.URI;
import java.time.Duration;

/** What a browser carries to a provider (OpenID Connect Core 3.1.2.1, RFC 7636 4.3). */
final class AuthorizationRequest {

  private AuthorizationRequest() {}

  static String url(OidcConnection connection, URI endpoint, OidcFlow flow, OidcChecks checks) {
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(connection.scopes().toArray(String[]::new)),
                new ClientID(connection.clientId()),
                URI.create(connection.redirectUri()))
            .endpointURI(endpoint)
            .state(new State(flow.state()))
            .nonce(new Nonce(flow.nonce()));
    if (checks.has(OidcCheck.CODE_VERIFIER)) {
      request.codeChallenge(new CodeVerifier(flow.codeVerifier()), CodeChallengeMethod.S256);
    }
    demand(connection, request);
    return request.build().toURI().toString();
  }

  private static void demand(OidcConnection connection, AuthenticationRequest.Builder request) {
    Duration maxAge = connection.maxAge();
    if (maxAge != null) {
      request.maxAge(Math.toIntExact(maxAge.toSeconds()));
    }
    if (!connection.acrValues().isEmpty()) {
      request.acrValues(connection.acrValues().stream().map(ACR::new).toList());
    }
  }
}
