package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of a provider, and for how long. */
class OidcDiscoveryIT {

  private static final String DESCRIPTION = "/.well-known/openid-configuration";
  private static final OidcOptions OPTIONS = OidcOptions.defaults();

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aDescriptionIsReadAgainWhenItIsOld() {
    scene.begin();
    scene.clock.advance(OPTIONS.metadataLife().minusSeconds(1));
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isOne();
    scene.clock.advance(Duration.ofSeconds(1));
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isEqualTo(2);
  }

  @Test
  void aClockThatWasSetBackMakesNothingYounger() {
    scene.begin();
    scene.clock.advance(Duration.ofSeconds(-1));
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isEqualTo(2);
  }

  @Test
  void aChangedConnectionLooksAgain() {
    scene.begin();
    scene.discovery.forget(UUID.randomUUID());
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isOne();
    scene.discovery.forget(Scene.CONNECTION);
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isEqualTo(2);
  }

  @Test
  void unknownKeysMakeUsLookAgainButSeldom() {
    scene.accepted();
    scene.clock.advance(OPTIONS.keysRefetch());
    scene.provider.header.put("kid", "unknown");
    for (int i = 0; i < 20; i++) {
      assertThat(scene.refusalOfLogin()).contains(OidcRefusal.KEY);
    }
    assertThat(scene.provider.calls("/keys")).isEqualTo(2);
    scene.clock.advance(OPTIONS.keysRefetch());
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.KEY);
    assertThat(scene.provider.calls("/keys")).isEqualTo(3);
  }

  @Test
  void oneConnectionDoesNotUseUpTheLooksOfAnother() {
    scene.provider.header.put("kid", "unknown");
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.KEY);
    scene.provider.header.remove("kid");
    scene.connectionId = UUID.randomUUID();
    assertThat(scene.refusalOfLogin()).isEmpty();
    assertThat(scene.provider.calls("/keys")).isEqualTo(2);
  }

  @Test
  void aProviderThatFailsIsLeftAloneForAWhile() {
    scene.provider.manners.put(
        DESCRIPTION, exchange -> HostileProvider.answer(exchange, 503, "", new byte[0]));
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.ANSWER);
    scene.provider.manners.clear();
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.ANSWER);
    assertThat(scene.provider.calls(DESCRIPTION)).isOne();
    scene.clock.advance(OPTIONS.failureLife());
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void keysThatAreKnownGoOnWhileTheirAddressFails() {
    scene.accepted();
    scene.clock.advance(OPTIONS.keysRefetch());
    scene.provider.manners.put(
        "/keys", exchange -> HostileProvider.answer(exchange, 503, "", new byte[0]));
    scene.provider.header.put("kid", "unknown");
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.ANSWER);
    scene.provider.header.remove("kid");
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void onlySoManyProvidersAreRemembered() {
    scene.begin();
    for (int i = 0; i < OidcDiscovery.CONNECTIONS_MAX; i++) {
      scene.connectionId = new UUID(0, i);
      scene.discovery.provider(scene.connection());
    }
    scene.connectionId = Scene.CONNECTION;
    scene.begin();
    assertThat(scene.provider.calls(DESCRIPTION)).isEqualTo(2);
  }

  /** The provider sends a little and then nothing; the call ends by its own deadline. */
  @Test
  void anAnswerThatDoesNotEndIsGivenUp() {
    for (String path : List.of(DESCRIPTION, "/keys", "/token", "/userinfo")) {
      CountDownLatch end = new CountDownLatch(1);
      try (Scene drips = new Scene(OidcChecks.all(), Duration.ofSeconds(2))) {
        drips.readsUserinfo = true;
        drips.provider.manners.put(path, exchange -> drip(exchange, end));
        assertThat(drips.refusalOfLogin()).as(path).contains(OidcRefusal.UNREACHABLE);
      } finally {
        end.countDown();
      }
    }
  }

  private static void drip(HttpExchange exchange, CountDownLatch end) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aProviderThatIsNotThereIsTold() {
    scene.close();
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.UNREACHABLE);
  }

  @Test
  void plainHttpIsForThisMachineAloneAndOnlyWhereItIsAllowed() throws Exception {
    String issuer = scene.provider.address();
    scene.provider.describe(issuer);
    scene.issuer = issuer;
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.ADDRESS);
    OidcLogins allowed =
        new OidcLogins(
            new OidcDiscovery(TestWeb.plain(), scene.clock, OidcFixtures.withHttpOnLoopback()));
    assertThat(allowed.begin(scene.connection())).isInstanceOf(OidcStart.Started.class);
    scene.provider.metadata.put("token_endpoint", "http://idp.example.com/token");
    OidcLogins fresh =
        new OidcLogins(
            new OidcDiscovery(TestWeb.plain(), scene.clock, OidcFixtures.withHttpOnLoopback()));
    assertThat(fresh.begin(scene.connection()))
        .isEqualTo(new OidcStart.Refused(OidcRefusal.ADDRESS));
  }
}
