package dev.saferun.auth.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** What a browser carries to a provider to end its session (RP-Initiated Logout 2). */
final class EndSessionRequest {

  private EndSessionRequest() {}

  static String url(
      OidcConnection connection, URI endpoint, @Nullable String idToken, @Nullable String state) {
    String redirect = connection.postLogoutRedirectUri();
    boolean comesBack = redirect != null;
    return new LogoutRequest(
            endpoint,
            hint(idToken),
            null,
            new ClientID(connection.clientId()),
            comesBack ? URI.create(redirect) : null,
            comesBack && state != null ? new State(state) : null,
            null)
        .toURI()
        .toString();
  }

  private static @Nullable JWT hint(@Nullable String idToken) {
    try {
      return idToken == null ? null : JWTParser.parse(idToken);
    } catch (ParseException noLongerOne) {
      return null;
    }
  }
}
