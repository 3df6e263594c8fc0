package dev.saferun.auth.oidc;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a provider for more of the person who has just logged in. */
record UserinfoEndpoint(IdpWeb web, OidcChecks checks) {

  /** What may stand in a header (RFC 6750 2.1). */
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /**
   * @param subject of the ID token
   */
  Members read(@Nullable URI endpoint, String accessToken, @Nullable String subject)
      throws RefusedException {
    if (endpoint == null || !BEARER.matcher(accessToken).matches()) {
      throw new RefusedException(OidcRefusal.USERINFO);
    }
    WebAnswer answer = get(endpoint, accessToken);
    checks.require(OidcCheck.ANSWER_TYPE, answer.isJson());
    Members claims = Members.read(answer.body(), OidcRefusal.USERINFO);
    checks.require(OidcCheck.USERINFO_SUBJECT, claims.demandedText("sub").equals(subject));
    return claims;
  }

  private WebAnswer get(URI endpoint, String accessToken) throws RefusedException {
    try {
      WebAnswer answer =
          web.get(
              endpoint.toString(),
              Map.of("Accept", "application/json", "Authorization", "Bearer " + accessToken));
      if (!answer.isOk()) {
        throw new RefusedException(OidcRefusal.USERINFO);
      }
      return answer;
    } catch (IdpUnreachableException fault) {
      throw new RefusedException(OidcRefusal.UNREACHABLE);
    }
  }
}
