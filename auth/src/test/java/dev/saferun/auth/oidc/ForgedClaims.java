package dev.saferun.auth.oidc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ID tokens that the provider signed, and that are for another time, client or login. */
final class ForgedClaims {

  private static final long MINUTE = 60;

  private ForgedClaims() {}

  static List<Forgery> all() {
    List<Forgery> all = new ArrayList<>();
    all.addAll(parties());
    all.addAll(times());
    all.addAll(login());
    all.addAll(kinds());
    all.addAll(authentication());
    return all;
  }

  private static List<Forgery> parties() {
    return new Forgeries("issuer and audience")
        .claims(
            OidcCheck.ISSUER, "of another issuer", claims -> claims.put("iss", "https://evil.test"))
        .claims(
            OidcCheck.ISSUER,
            "of one with a slash more",
            claims -> claims.put("iss", HostileProvider.ISSUER + "/"))
        .claims(
            OidcCheck.ISSUER,
            "of one in capitals",
            claims -> claims.put("iss", "HTTPS://idp.example.com/tenant"))
        .claims(OidcCheck.ISSUER, "of nobody", claims -> claims.remove("iss"))
        .claims(
            OidcCheck.AUDIENCE,
            "for another connection's client",
            claims -> claims.put("aud", "other"))
        .claims(OidcCheck.AUDIENCE, "for nobody", claims -> claims.remove("aud"))
        .claims(OidcCheck.AUDIENCE, "for a prefix", claims -> claims.put("aud", "safe"))
        .claims(
            OidcCheck.AUDIENCE,
            "for others, given to us",
            claims -> {
              claims.put("aud", List.of("other", "another"));
              claims.put("azp", HostileProvider.CLIENT);
            })
        .claims(
            OidcCheck.AUTHORIZED_PARTY, "given to another", claims -> claims.put("azp", "other"))
        .claims(
            OidcCheck.AUTHORIZED_PARTY,
            "for several, given to nobody",
            claims -> claims.put("aud", List.of(HostileProvider.CLIENT, "other")))
        .login(
            OidcRefusal.TOKEN_FORM,
            "for an object",
            scene -> scene.provider.claims = claims -> claims.put("aud", Map.of("saferun", 1L)))
        .list();
  }

  private static List<Forgery> times() {
    return new Forgeries("time")
        .login(OidcCheck.EXPIRY, "expired", scene -> expires(scene, -MINUTE))
        .claims(OidcCheck.EXPIRY, "never expires", claims -> claims.remove("exp"))
        .login(
            OidcCheck.NOT_BEFORE,
            "not yet",
            scene ->
                scene.provider.claims =
                    claims -> claims.put("nbf", scene.clock.seconds() + MINUTE + 1))
        .login(
            OidcCheck.ISSUED_AT,
            "issued in the future",
            scene ->
                scene.provider.claims =
                    claims -> claims.put("iat", scene.clock.seconds() + MINUTE + 1))
        .claims(OidcCheck.ISSUED_AT, "issued at no time", claims -> claims.remove("iat"))
        .login(
            OidcRefusal.TOKEN_FORM,
            "expires at a text",
            scene -> scene.provider.claims = claims -> claims.put("exp", "2099999999"))
        .login(
            OidcRefusal.TOKEN_FORM,
            "expires beyond all time",
            scene -> scene.provider.claims = claims -> claims.put("exp", 1e300))
        .list();
  }

  private static void expires(Scene scene, long inSeconds) {
    scene.provider.claims =
        claims -> {
          claims.put("iat", scene.clock.seconds() - 10 * MINUTE);
          claims.put("exp", scene.clock.seconds() + inSeconds);
        };
  }

  private static List<Forgery> login() {
    return new Forgeries("another login")
        .claims(OidcCheck.NONCE, "nonce of another", claims -> claims.put("nonce", "other"))
        .claims(OidcCheck.NONCE, "no nonce", claims -> claims.remove("nonce"))
        .claims(
            OidcCheck.ACCESS_TOKEN_HASH,
            "at_hash of another",
            claims -> claims.put("at_hash", Texts.leftHalf(SignatureAlgorithm.RS256, "other")))
        .claims(
            OidcCheck.ACCESS_TOKEN_HASH, "at_hash of nothing", claims -> claims.put("at_hash", ""))
        .claims(
            OidcCheck.CODE_HASH,
            "c_hash of another",
            claims -> claims.put("c_hash", Texts.leftHalf(SignatureAlgorithm.RS256, "other")))
        .claims(OidcCheck.SUBJECT, "no subject", claims -> claims.remove("sub"))
        .claims(OidcCheck.SUBJECT, "an empty subject", claims -> claims.put("sub", " "))
        .claims(OidcCheck.SUBJECT, "a long subject", claims -> claims.put("sub", "x".repeat(256)))
        .login(
            OidcRefusal.TOKEN_FORM,
            "a subject that is a number",
            scene -> scene.provider.claims = claims -> claims.put("sub", 1L))
        .login(
            OidcRefusal.TOKEN_FORM,
            "groups without an end",
            scene ->
                scene.provider.claims =
                    claims -> claims.put("groups", java.util.Collections.nCopies(1_001, "g")))
        .list();
  }

  private static List<Forgery> kinds() {
    return new Forgeries("another kind of token")
        .login(
            OidcCheck.ID_TOKEN_KIND,
            "an access token",
            scene -> scene.provider.header.put("typ", "at+jwt"))
        .login(
            OidcCheck.ID_TOKEN_KIND,
            "a logout token with our nonce",
            scene -> scene.provider.header.put("typ", "logout+jwt"))
        .login(
            OidcRefusal.TOKEN_KIND,
            "a logout token",
            scene -> scene.provider.forge(idToken -> scene.provider.spareLogoutToken()))
        .login(
            OidcCheck.NONCE,
            "a logout token that says JWT",
            scene -> {
              scene.provider.header.put("typ", "JWT");
              scene.provider.forge(idToken -> scene.provider.spareLogoutToken());
            })
        .list();
  }

  private static List<Forgery> authentication() {
    return new Forgeries("how the person proved it")
        .login(
            OidcCheck.AUTHENTICATION_AGE,
            "too long ago",
            scene -> {
              scene.maxAge = Duration.ofMinutes(5);
              scene.provider.claims =
                  claims -> claims.put("auth_time", scene.clock.seconds() - 6 * MINUTE - 1);
            })
        .login(
            OidcCheck.AUTHENTICATION_AGE,
            "nobody says when",
            scene -> {
              scene.maxAge = Duration.ofMinutes(5);
              scene.provider.claims = claims -> claims.remove("auth_time");
            })
        .login(
            OidcCheck.AUTHENTICATION_CONTEXT,
            "not well enough",
            scene -> {
              scene.acrValues = List.of("phr", "phrh");
              scene.provider.claims = claims -> claims.put("acr", "pwd");
            })
        .login(
            OidcCheck.AUTHENTICATION_CONTEXT,
            "nobody says how",
            scene -> scene.acrValues = List.of("phr"))
        .list();
  }
}
