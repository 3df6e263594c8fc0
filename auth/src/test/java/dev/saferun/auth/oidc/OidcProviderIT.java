package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.auth.peers.Browser;
import dev.saferun.auth.peers.OidcProvider;
import dev.saferun.auth.peers.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real provider of the certified family, in each algorithm that it has. */
class OidcProviderIT {

  @SuppressWarnings("NullAway.Init")
  private static OidcProvider peer;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    peer = OidcProvider.start(directory);
  }

  @AfterAll
  static void stop() {
    peer.close();
  }

  /** It keeps the claims for userinfo, as the specification has it for the code flow. */
  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
  void aPersonLogsIn(String algorithm) {
    RealProvider provider =
        new RealProvider(
            peer.issuer(),
            "saferun-" + algorithm,
            OidcProvider.CLIENT_SECRET,
            List.of("openid", "email", "profile", "groups"),
            true);
    OidcStart.Started started = provider.begin();
    try (Browser browser = new Browser(RealProvider.HOME)) {
      Page login = browser.open(started.authorizationUrl());
      Page consent = browser.submit(login, Map.of("login", "ada", "password", "any"));
      Page back = browser.submit(consent, Map.of());
      assertThat(back.query()).containsKey("iss");
      OidcLogin ada =
          provider.accepted(
              provider.logins.finish(provider.connection, started.flow(), back.query()));
      assertThat(ada.subject()).isEqualTo("ada");
      assertThat(ada.email()).isEqualTo("ada@example.com");
      assertThat(ada.isEmailVerified()).isTrue();
      assertThat(ada.name()).isEqualTo("Ada Lovelace");
      assertThat(ada.groups()).containsExactly("engineers", "reviewers");
    }
  }
}
