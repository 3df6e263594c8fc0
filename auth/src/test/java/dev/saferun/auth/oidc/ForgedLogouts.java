package dev.saferun.auth.oidc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens that would end somebody's session. */
final class ForgedLogouts {

  private static final long MINUTE = 60;
  private static final TestKey ATTACKER = TestKey.rsa("attacker", 2048);

  private ForgedLogouts() {}

  static List<Forgery> all() {
    List<Forgery> all = new ArrayList<>();
    all.addAll(own());
    all.addAll(common());
    all.addAll(confusions());
    return all;
  }

  private static List<Forgery> own() {
    return new Forgeries("logout token")
        .logout(OidcCheck.LOGOUT_EVENT, "no event", without("events"))
        .logout(OidcCheck.LOGOUT_EVENT, "another event", with("events", Map.of("other", Map.of())))
        .logout(
            OidcCheck.LOGOUT_EVENT,
            "an event that is no object",
            with("events", Map.of("http://schemas.openid.net/event/backchannel-logout", true)))
        .logout(OidcCheck.LOGOUT_NONCE, "a nonce", with("nonce", "x"))
        .logout(OidcCheck.LOGOUT_ID, "no id", without("jti"))
        .logout(OidcCheck.LOGOUT_ID, "an empty id", with("jti", " "))
        .logout(
            OidcCheck.LOGOUT_SUBJECT,
            "nobody's",
            scene ->
                scene.provider.logoutClaims =
                    claims -> claims.keySet().removeAll(List.of("sub", "sid")))
        .attempt(
            OidcCheck.LOGOUT_AGE,
            "replayed when its id was forgotten",
            scene -> {
              scene.provider.logoutClaims =
                  claims -> claims.put("exp", scene.clock.seconds() + 60 * MINUTE);
              String token = scene.provider.logoutToken();
              OidcLogoutToken read = accepted(scene, token);
              scene.clock.advance(
                  java.time.Duration.between(scene.clock.instant(), read.rememberUntil()));
              return scene.refusalOfLogout(token);
            })
        .list();
  }

  private static OidcLogoutToken accepted(Scene scene, String token) {
    return switch (scene.logout.readLogoutToken(scene.connection(), token)) {
      case OidcLogoutOutcome.Accepted accepted -> accepted.token();
      case OidcLogoutOutcome.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  private static Forgeries.Change with(String name, Object value) {
    return scene -> scene.provider.logoutClaims = claims -> claims.put(name, value);
  }

  private static Forgeries.Change without(String name) {
    return scene -> scene.provider.logoutClaims = claims -> claims.remove(name);
  }

  private static List<Forgery> common() {
    return new Forgeries("logout token by the rules of all tokens")
        .logout(OidcCheck.ISSUER, "of another issuer", with("iss", "https://evil.test"))
        .logout(OidcCheck.AUDIENCE, "for another connection's client", with("aud", "other"))
        .logout(OidcCheck.ISSUED_AT, "issued at no time", without("iat"))
        .logout(
            OidcCheck.EXPIRY,
            "expired",
            scene ->
                scene.provider.logoutClaims =
                    claims -> claims.put("exp", scene.clock.seconds() - MINUTE))
        .logout(OidcCheck.EXPIRY, "never expires", without("exp"))
        .logout(
            OidcCheck.SIGNATURE,
            "signed by another",
            scene -> scene.provider.signer = ATTACKER.named("key-1"))
        .logout(OidcRefusal.KEY, "of another provider", scene -> scene.provider.signer = ATTACKER)
        .logout(
            OidcRefusal.TOKEN_FORM,
            "signed by nobody",
            scene -> scene.provider.forge(token -> token.substring(0, token.lastIndexOf('.') + 1)))
        .logout(
            OidcRefusal.TOKEN_FORM, "no token", scene -> scene.provider.forge(token -> "nothing"))
        .list();
  }

  private static List<Forgery> confusions() {
    return new Forgeries("another token as a logout token")
        .logout(
            OidcCheck.LOGOUT_TOKEN_KIND,
            "an access token",
            scene -> scene.provider.header.put("typ", "at+jwt"))
        .attempt(
            OidcRefusal.LOGOUT_EVENT,
            "the ID token of a login",
            scene -> scene.refusalOfLogout(scene.accepted().idToken()))
        .attempt(OidcCheck.LOGOUT_EVENT, "an ID token without a nonce", ForgedLogouts::idToken)
        .list();
  }

  /** As one comes with a refreshed session, where no nonce is demanded. */
  private static Optional<OidcRefusal> idToken(Scene scene) {
    scene.provider.header.put("typ", "JWT");
    scene.provider.logoutClaims =
        claims -> {
          claims.remove("events");
          claims.put("auth_time", scene.clock.seconds());
          claims.put("email", "ada@example.com");
        };
    return scene.refusalOfLogout(scene.provider.logoutToken());
  }
}
