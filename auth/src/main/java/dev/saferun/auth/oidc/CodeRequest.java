package dev.saferun.auth.oidc;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.saferun.auth.oidc.OidcClientAuthentication.None;
import dev.saferun.auth.oidc.OidcClientAuthentication.SecretBasic;
import dev.saferun.auth.oidc.OidcClientAuthentication.SecretPost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The request that turns a code into tokens (RFC 6749 4.1.3, RFC 7636 4.5). */
record CodeRequest(String url, Map<String, String> headers, byte[] body) {

  static CodeRequest of(
      OidcConnection connection, URI endpoint, OidcFlow flow, String code, OidcChecks checks) {
    HTTPRequest request = request(connection, endpoint, grant(flow, code, checks)).toHTTPRequest();
    Map<String, String> headers = new HashMap<>();
    request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.put("Accept", "application/json");
    return new CodeRequest(
        endpoint.toString(), headers, request.getBody().getBytes(StandardCharsets.UTF_8));
  }

  private static AuthorizationCodeGrant grant(OidcFlow flow, String code, OidcChecks checks) {
    AuthorizationCode given = new AuthorizationCode(code);
    URI redirect = URI.create(flow.redirectUri());
    return checks.has(OidcCheck.CODE_VERIFIER)
        ? new AuthorizationCodeGrant(given, redirect, new CodeVerifier(flow.codeVerifier()))
        : new AuthorizationCodeGrant(given, redirect);
  }

  private static TokenRequest request(
      OidcConnection connection, URI endpoint, AuthorizationCodeGrant grant) {
    ClientID id = new ClientID(connection.clientId());
    TokenRequest.Builder request =
        switch (connection.authentication()) {
          case SecretBasic basic ->
              new TokenRequest.Builder(
                  endpoint, new ClientSecretBasic(id, secret(basic.secret())), grant);
          case SecretPost post ->
              new TokenRequest.Builder(
                  endpoint, new ClientSecretPost(id, secret(post.secret())), grant);
          case None none -> new TokenRequest.Builder(endpoint, id, grant);
        };
    return request.build();
  }

  private static Secret secret(dev.saferun.platform.Secret secret) {
    return new Secret(secret.reveal());
  }
}
