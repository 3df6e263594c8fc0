package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.saferun.auth.peers.Browser;
import dev.saferun.auth.peers.Keycloak;
import dev.saferun.auth.peers.Page;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Keycloak, by its pages. */
class KeycloakOidcIT {

  @SuppressWarnings("NullAway.Init")
  private static Keycloak keycloak;

  @SuppressWarnings("NullAway.Init")
  private static RealProvider provider;

  private final Browser browser = new Browser(RealProvider.HOME);

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    keycloak = Keycloak.start(directory);
    provider =
        new RealProvider(
            keycloak.issuer(),
            Keycloak.CLIENT,
            Keycloak.CLIENT_SECRET,
            List.of("openid", "email", "profile"),
            false);
  }

  @AfterAll
  static void stop() {
    keycloak.close();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private Page fillIn(OidcStart.Started started, String name, String password) {
    return browser.submit(
        browser.open(started.authorizationUrl()), Map.of("username", name, "password", password));
  }

  private OidcLogin logIn(String name) {
    OidcStart.Started started = provider.begin();
    Page back = fillIn(started, name, "canary-of-" + name);
    assertThat(back.address().toString()).startsWith(RealProvider.CALLBACK);
    return provider.accepted(
        provider.logins.finish(provider.connection, started.flow(), back.query()));
  }

  @Test
  void aPersonLogsInByTheForm() {
    OidcLogin ada = logIn("ada");
    assertThat(ada.issuer()).isEqualTo(keycloak.issuer());
    assertThat(ada.email()).isEqualTo("ada@example.com");
    assertThat(ada.isEmailVerified()).isTrue();
    assertThat(ada.name()).isEqualTo("Ada Lovelace");
    assertThat(ada.groups()).containsExactlyInAnyOrder("engineers", "reviewers");
    assertThat(ada.sessionId()).isNotBlank();
    assertThat(ada.authenticatedAt()).isNotNull();
  }

  @Test
  void aPersonWithoutGroupsHasNone() {
    OidcLogin eve = logIn("eve");
    assertThat(eve.groups()).isEmpty();
    assertThat(eve.isEmailVerified()).isFalse();
  }

  @Test
  void aWrongPasswordDoesNotComeBack() {
    Page page = fillIn(provider.begin(), "ada", "wrong");
    assertThat(page.address().toString()).startsWith(keycloak.issuer());
    assertThat(page.document().text()).contains("Invalid username or password");
  }

  @Test
  void aCodeIsOfNoUseToAnotherFlow() {
    OidcStart.Started started = provider.begin();
    Page back = fillIn(started, "ada", "canary-of-ada");
    OidcFlow other = provider.begin().flow();
    OidcFlow injected =
        new OidcFlow(
            other.connectionId(),
            other.issuer(),
            other.clientId(),
            other.redirectUri(),
            started.flow().state(),
            started.flow().nonce(),
            other.codeVerifier(),
            other.startedAt());
    assertThat(provider.logins.finish(provider.connection, injected, back.query()))
        .isEqualTo(
            new OidcOutcome.Refused(
                OidcRefusal.CODE_DENIED, "invalid_grant: PKCE verification failed: Code mismatch"));
  }

  @Test
  void aChangedKeyIsFound() {
    logIn("ada");
    keycloak.rotateKeys();
    try (Browser other = new Browser(RealProvider.HOME)) {
      OidcStart.Started started = provider.begin();
      Page back =
          other.submit(
              other.open(started.authorizationUrl()),
              Map.of("username", "eve", "password", "canary-of-eve"));
      assertThat(provider.logins.finish(provider.connection, started.flow(), back.query()))
          .isInstanceOf(OidcOutcome.Accepted.class);
    }
  }

  @Test
  void aLogoutHereEndsTheSessionThere() {
    OidcLogin ada = logIn("ada");
    assertThat(browser.open(provider.begin().authorizationUrl()).address().toString())
        .as("the session there answers for the person")
        .startsWith(RealProvider.CALLBACK);
    String end =
        provider.logout.endSessionUrl(provider.connection, ada.idToken(), "state-1").orElseThrow();
    assertThat(browser.open(end).address()).hasToString(RealProvider.BYE + "?state=state-1");
    assertThat(browser.open(provider.begin().authorizationUrl()).address().toString())
        .startsWith(keycloak.issuer());
  }

  @Test
  void aLogoutThereIsToldHere() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer listener =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    listener.start();
    try {
      keycloak.setBackchannelLogout(
          Keycloak.CLIENT, "http://127.0.0.1:" + listener.getAddress().getPort() + "/logout");
      keycloak.addUser("grace", "canary-of-grace", List.of("reviewers"));
      OidcLogin grace = logIn("grace");
      keycloak.logOut("grace");
      String form = String.valueOf(told.poll(30, TimeUnit.SECONDS));
      assertThat(form).startsWith("logout_token=");
      assertThat(
              provider.logout.readLogoutToken(
                  provider.connection, form.substring("logout_token=".length())))
          .isInstanceOfSatisfying(
              OidcLogoutOutcome.Accepted.class,
              accepted -> {
                assertThat(accepted.token().subject()).isEqualTo(grace.subject());
                assertThat(accepted.token().sessionId()).isEqualTo(grace.sessionId());
                assertThat(accepted.token().id()).isNotBlank();
              });
    } finally {
      listener.stop(0);
    }
  }
}
