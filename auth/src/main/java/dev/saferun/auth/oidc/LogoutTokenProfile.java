package dev.saferun.auth.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a logout token must say (OpenID Connect Back-Channel Logout 2.4 and 2.6). */
record LogoutTokenProfile(OidcChecks checks, Duration life) {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  OidcLogoutToken check(OidcConnection connection, Members claims, Instant now)
      throws RefusedException {
    new TokenClaims(checks).check(connection, claims, now);
    checks.require(OidcCheck.LOGOUT_EVENT, isLogout(claims.value("events")));
    checks.require(OidcCheck.LOGOUT_NONCE, !claims.has("nonce"));
    String id = claims.text("jti");
    checks.require(OidcCheck.LOGOUT_ID, id != null && !id.isBlank());
    String subject = claims.text("sub");
    String session = claims.text("sid");
    checks.require(OidcCheck.LOGOUT_SUBJECT, subject != null || session != null);
    Instant until = end(connection, claims, now);
    checks.require(OidcCheck.LOGOUT_AGE, now.isBefore(until));
    return new OidcLogoutToken(connection.issuer(), subject, session, id == null ? "" : id, until);
  }

  private static boolean isLogout(@Nullable Object events) {
    return events instanceof Map<?, ?> map && map.get(EVENT) instanceof Map<?, ?>;
  }

  /** Until when it is taken: for so long after it was issued, however long it says. */
  private Instant end(OidcConnection connection, Members claims, Instant now)
      throws RefusedException {
    Instant issued = claims.time("iat");
    return (issued == null ? now : issued).plus(life).plus(connection.clockSkew());
  }
}
