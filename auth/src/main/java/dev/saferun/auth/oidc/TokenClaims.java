package dev.saferun.auth.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks that an ID token and a logout token have in common: who made it, for whom, and when.
 */
record TokenClaims(OidcChecks checks) {

  void check(OidcConnection connection, Members claims, Instant now) throws RefusedException {
    checks.require(OidcCheck.ISSUER, connection.issuer().equals(claims.text("iss")));
    checkAudience(connection, claims);
    checkTimes(connection.clockSkew(), claims, now);
  }

  /** OpenID Connect Core 3.1.3.7, steps 3 to 5. */
  private void checkAudience(OidcConnection connection, Members claims) throws RefusedException {
    List<String> audience = claims.texts("aud");
    checks.require(OidcCheck.AUDIENCE, audience.contains(connection.clientId()));
    String party = claims.text("azp");
    boolean isOurs = party == null ? audience.size() <= 1 : party.equals(connection.clientId());
    checks.require(OidcCheck.AUTHORIZED_PARTY, isOurs);
  }

  private void checkTimes(Duration skew, Members claims, Instant now) throws RefusedException {
    Instant issued = claims.time("iat");
    checks.require(OidcCheck.ISSUED_AT, issued != null && !issued.isAfter(now.plus(skew)));
    Instant notBefore = claims.time("nbf");
    checks.require(OidcCheck.NOT_BEFORE, notBefore == null || !notBefore.isAfter(now.plus(skew)));
    checks.require(OidcCheck.EXPIRY, !isOver(claims.time("exp"), skew, now));
  }

  private static boolean isOver(@Nullable Instant expiry, Duration skew, Instant now) {
    return expiry == null || !now.isBefore(expiry.plus(skew));
  }
}
