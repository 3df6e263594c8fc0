package dev.saferun.auth.oidc;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an ID token must say to be the answer to one flow (OpenID Connect Core 3.1.3.7). */
record IdTokenProfile(OidcChecks checks) {

  private static final int SUBJECT_CHARACTERS_MAX = 255;

  void check(
      OidcConnection connection,
      OidcFlow flow,
      String code,
      TokenAnswer answer,
      VerifiedToken token,
      Instant now)
      throws RefusedException {
    Members claims = token.claims();
    new TokenClaims(checks).check(connection, claims, now);
    checks.require(OidcCheck.SUBJECT, isSubject(claims.text("sub")));
    String nonce = claims.text("nonce");
    checks.require(OidcCheck.NONCE, nonce != null && Texts.areEqual(nonce, flow.nonce()));
    checks.require(OidcCheck.ACCESS_TOKEN_HASH, isHash(token, "at_hash", answer.accessToken()));
    checks.require(OidcCheck.CODE_HASH, isHash(token, "c_hash", code));
    checkAuthentication(connection, claims, now);
  }

  static boolean isSubject(@Nullable String subject) {
    return subject != null && !subject.isBlank() && subject.length() <= SUBJECT_CHARACTERS_MAX;
  }

  private static boolean isHash(VerifiedToken token, String claim, String of)
      throws RefusedException {
    String hash = token.claims().text(claim);
    return hash == null || hash.equals(Texts.leftHalf(token.algorithm(), of));
  }

  private void checkAuthentication(OidcConnection connection, Members claims, Instant now)
      throws RefusedException {
    Duration maxAge = connection.maxAge();
    if (maxAge != null) {
      Instant at = claims.time("auth_time");
      Instant earliest = now.minus(maxAge).minus(connection.clockSkew());
      checks.require(OidcCheck.AUTHENTICATION_AGE, at != null && !at.isBefore(earliest));
    }
    if (!connection.acrValues().isEmpty()) {
      String acr = claims.text("acr");
      checks.require(
          OidcCheck.AUTHENTICATION_CONTEXT, acr != null && connection.acrValues().contains(acr));
    }
  }
}
