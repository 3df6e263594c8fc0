package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of sessions, from both ends. */
class OidcLogoutIT {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theBrowserIsSentToTheProvidersEnd() {
    String idToken = scene.accepted().idToken();
    String url = scene.logout.endSessionUrl(scene.connection(), idToken, "state-1").orElseThrow();
    assertThat(url).startsWith(HostileProvider.ISSUER + "/end?");
    assertThat(URI.create(url).getQuery().split("&", -1))
        .containsExactlyInAnyOrder(
            "id_token_hint=" + idToken,
            "client_id=saferun",
            "post_logout_redirect_uri=https://saferun.example.com/bye",
            "state=state-1");
  }

  @Test
  void aHintThatIsNoTokenIsLeftOut() {
    assertThat(scene.logout.endSessionUrl(scene.connection(), "x&y=z", null).orElseThrow())
        .doesNotContain("id_token_hint");
  }

  @Test
  void aProviderWithoutAnEndIsNotAsked() {
    scene.provider.metadata.remove("end_session_endpoint");
    assertThat(scene.logout.endSessionUrl(scene.connection(), null, null)).isEmpty();
  }

  @Test
  void aProviderThatIsAwayIsNotAsked() {
    scene.close();
    assertThat(scene.logout.endSessionUrl(scene.connection(), null, null)).isEmpty();
  }

  @Test
  void aLogoutTokenTellsWhoseSessionAndHowLongItIsRemembered() {
    OidcLogoutToken token = read(scene.provider.logoutToken());
    assertThat(token.issuer()).isEqualTo(HostileProvider.ISSUER);
    assertThat(token.subject()).isEqualTo(HostileProvider.SUBJECT);
    assertThat(token.sessionId()).isEqualTo("session-1");
    assertThat(token.rememberUntil())
        .isEqualTo(
            scene
                .clock
                .instant()
                .plus(OidcOptions.defaults().logoutTokenLife())
                .plus(OidcConnection.CLOCK_SKEW));
  }

  /** The same id each time, so that whoever stores it sees the replay. */
  @Test
  void aReplayHasTheIdOfTheFirst() {
    String token = scene.provider.logoutToken();
    assertThat(read(token).id()).isEqualTo(read(token).id()).isNotBlank();
    assertThat(read(scene.provider.logoutToken()).id()).isNotEqualTo(read(token).id());
  }

  @Test
  void aSubjectOrASessionIsEnough() {
    scene.provider.logoutClaims = claims -> claims.remove("sid");
    assertThat(read(scene.provider.logoutToken()).sessionId()).isNull();
    scene.provider.logoutClaims = claims -> claims.remove("sub");
    assertThat(read(scene.provider.logoutToken()).subject()).isNull();
  }

  @Test
  void aTokenMaySayJwtAndMoreEvents() {
    scene.provider.header.put("typ", "JWT");
    scene.provider.logoutClaims =
        claims -> {
          claims.put("aud", List.of(HostileProvider.CLIENT));
          claims.put(
              "events",
              Map.of(
                  "http://schemas.openid.net/event/backchannel-logout",
                  Map.of(),
                  "other",
                  Map.of("x", 1L)));
        };
    assertThat(read(scene.provider.logoutToken()).subject()).isEqualTo(HostileProvider.SUBJECT);
  }

  private OidcLogoutToken read(String token) {
    return switch (scene.logout.readLogoutToken(scene.connection(), token)) {
      case OidcLogoutOutcome.Accepted accepted -> accepted.token();
      case OidcLogoutOutcome.Refused refused -> throw new AssertionError(refused.reason());
    };
  }
}
