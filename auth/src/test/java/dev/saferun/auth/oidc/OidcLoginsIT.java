package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shapes that honest providers have. */
class OidcLoginsIT {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aLoginTellsWhoItIs() {
    OidcLogin login = scene.accepted();
    assertThat(login)
        .usingRecursiveComparison()
        .ignoringFields("idToken")
        .isEqualTo(
            new OidcLogin(
                HostileProvider.ISSUER,
                HostileProvider.SUBJECT,
                "ada@example.com",
                true,
                "Ada Lovelace",
                List.of("engineers", "reviewers"),
                "session-1",
                scene.clock.instant(),
                null,
                ""));
    assertThat(login.idToken().split("\\.", -1)).hasSize(3);
    assertThat(login.toString()).doesNotContain("Lovelace", login.idToken());
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void everyAlgorithmIsTaken(SignatureAlgorithm algorithm) {
    scene.provider.signWith(TestKey.forAlgorithm(algorithm));
    assertThat(scene.accepted().subject()).isEqualTo(HostileProvider.SUBJECT);
  }

  @Test
  void aClientProvesItselfInTheForm() {
    scene.authentication =
        new OidcClientAuthentication.SecretPost(Secret.of(HostileProvider.SECRET));
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void aPublicClientProvesNothingButItsFlow() {
    scene.authentication = new OidcClientAuthentication.None();
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void aWrongSecretIsTold() {
    scene.authentication = new OidcClientAuthentication.SecretBasic(Secret.of("wrong"));
    assertThat(scene.login())
        .isEqualTo(new OidcOutcome.Refused(OidcRefusal.CODE_DENIED, "invalid_client"));
  }

  @Test
  void theProvidersWordsAreCleaned() {
    scene.callback = query -> query.put("code", List.of("invented"));
    assertThat(scene.login())
        .isEqualTo(
            new OidcOutcome.Refused(
                OidcRefusal.CODE_DENIED, "invalid_grant: no <b>such [REDACTED]"));
  }

  @Test
  void theProvidersErrorIsTold() {
    scene.callback =
        query -> {
          query.remove("code");
          query.put("error", List.of("access_denied"));
          query.put("error_description", List.of("not\r\nyou" + "!".repeat(300)));
        };
    assertThat(scene.login())
        .isEqualTo(
            new OidcOutcome.Refused(
                OidcRefusal.LOGIN_DENIED,
                ("access_denied: not you" + "!".repeat(300)).substring(0, 200) + "..."));
  }

  @Test
  void aCodeIsSentOnceWhateverComesOfIt() {
    scene.provider.manners.put(
        "/token", exchange -> HostileProvider.answer(exchange, 503, "", new byte[0]));
    assertThat(scene.refusalOfLogin()).contains(OidcRefusal.CODE_DENIED);
    assertThat(scene.provider.calls("/token")).isOne();
  }

  @Test
  void anAudienceMayBeAListThatIsGivenToUs() {
    scene.provider.claims =
        claims -> {
          claims.put("aud", List.of("other", HostileProvider.CLIENT));
          claims.put("azp", HostileProvider.CLIENT);
        };
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void clocksMayBeApartByTheSkew() {
    scene.provider.claims =
        claims -> {
          claims.put("iat", scene.clock.seconds() + 60);
          claims.put("nbf", scene.clock.seconds() + 60);
          claims.put("exp", scene.clock.seconds() - 59);
        };
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void hashesAndNamesOfIssuersMayBeAbsent() {
    scene.provider.metadata.remove("authorization_response_iss_parameter_supported");
    scene.provider.metadata.remove("code_challenge_methods_supported");
    scene.provider.namesItself = false;
    scene.provider.claims =
        claims -> claims.keySet().removeAll(List.of("at_hash", "c_hash", "auth_time", "sid"));
    assertThat(scene.accepted().authenticatedAt()).isNull();
  }

  @Test
  void aTokenMayNameNoKeyWhereThereIsOne() {
    scene.provider.header.put("kid", "");
    scene.provider.header.put("typ", "");
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void headersThatBringAKeyArePassedOver() {
    scene.provider.header.put("jwk", TestKey.rsa("key-1", 2048).jwk());
    scene.provider.header.put("jku", "https://evil.test/keys");
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void aKeyMayStandInTheSetTwice() {
    Map<String, Object> again = scene.provider.signer.jwk();
    again.remove("use");
    scene.provider.keys.add(again);
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void keysOfUnknownKindsArePassedOver() {
    scene.provider.keys.add(Map.of("kty", "AKP", "kid", "ml", "alg", "ML-DSA-44", "pub", "AAAA"));
    scene.provider.keys.add(Map.of("kty", "OKP", "kid", "x", "crv", "X25519", "x", "AAAA"));
    scene.provider.keys.add(Map.of("kty", "OKP", "kid", "e", "crv", "Ed25519", "x", "AAAA"));
    scene.provider.keys.add(Map.of("kty", "EC", "kid", "c", "crv", "P-256", "x", "AA", "y", "AA"));
    assertThat(scene.refusalOfLogin()).isEmpty();
  }

  @Test
  void groupsMayBeOneTextOrNone() {
    scene.provider.claims = claims -> claims.put("groups", "engineers");
    assertThat(scene.accepted().groups()).containsExactly("engineers");
    scene.provider.claims = claims -> claims.put("groups", List.of("a", "b", "a"));
    assertThat(scene.accepted().groups()).containsExactly("a", "b");
    scene.provider.claims = claims -> claims.remove("groups");
    assertThat(scene.accepted().groups()).isEmpty();
  }

  @Test
  void anAddressIsVerifiedOnlyWhereTheProviderSaysSo() {
    scene.provider.claims = claims -> claims.put("email_verified", "true");
    assertThat(scene.accepted().isEmailVerified()).isTrue();
    scene.provider.claims = claims -> claims.put("email_verified", false);
    assertThat(scene.accepted().isEmailVerified()).isFalse();
    scene.provider.claims = claims -> claims.remove("email_verified");
    assertThat(scene.accepted().isEmailVerified()).isFalse();
  }

  @Test
  void aNameThatLooksLikeAnAddressIsNotVerifiedWithIt() {
    scene.claimNames = new OidcClaimNames("upn", "nickname", "roles");
    scene.provider.claims =
        claims -> {
          claims.put("upn", "root@example.com");
          claims.put("nickname", "Countess");
          claims.put("roles", List.of("admins"));
        };
    OidcLogin login = scene.accepted();
    assertThat(login.email()).isEqualTo("root@example.com");
    assertThat(login.isEmailVerified()).isFalse();
    assertThat(login.name()).isEqualTo("Countess");
    assertThat(login.groups()).containsExactly("admins");
  }

  @Test
  void whatIsShownIsPlain() {
    scene.provider.claims =
        claims -> {
          claims.put("email", "ada@example.com\nBcc: eve@example.com");
          claims.put("name", " Ada\u202e\r\n\u0085 Lovelace" + "x".repeat(300));
        };
    OidcLogin login = scene.accepted();
    assertThat(login.email()).isNull();
    assertThat(login.isEmailVerified()).isFalse();
    assertThat(login.name()).startsWith("Ada Lovelacex").hasSize(200);
  }

  @Test
  void userinfoTellsWhatTheTokenDoesNot() {
    scene.readsUserinfo = true;
    scene.provider.userinfo.put("groups", List.of("from userinfo"));
    scene.provider.userinfo.put("name", "not asked");
    scene.provider.userinfo.put("email", "ada@example.org");
    scene.provider.claims = claims -> claims.keySet().removeAll(List.of("groups", "email"));
    OidcLogin login = scene.accepted();
    assertThat(login.groups()).containsExactly("from userinfo");
    assertThat(login.name()).isEqualTo("Ada Lovelace");
    assertThat(login.email()).isEqualTo("ada@example.org");
    assertThat(login.isEmailVerified()).as("the token verified another one").isFalse();
  }

  @Test
  void whatIsDemandedIsAskedForAndTaken() {
    scene.maxAge = Duration.ofMinutes(5);
    scene.acrValues = List.of("phr", "phrh");
    scene.provider.claims = claims -> claims.put("acr", "phrh");
    assertThat(scene.begin().authorizationUrl()).contains("max_age=300", "acr_values=phr+phrh");
    OidcLogin login = scene.accepted();
    assertThat(login.acr()).isEqualTo("phrh");
    assertThat(login.authenticatedAt()).isEqualTo(scene.clock.instant());
  }

  @Test
  void aTimeMayHaveAFraction() {
    scene.provider.claims = claims -> claims.put("auth_time", 1_764_324_000.75);
    assertThat(scene.accepted().authenticatedAt()).isEqualTo(Instant.ofEpochSecond(1_764_324_000L));
  }

  @Test
  void theAddressOfTheProviderKeepsItsOwnQuery() {
    scene.provider.metadata.put(
        "authorization_endpoint", HostileProvider.ISSUER + "/authorize?p=policy+1");
    assertThat(scene.refusalOfLogin()).isEmpty();
    assertThat(URI.create(scene.begin().authorizationUrl()).getQuery()).contains("p=policy+1");
  }

  /** Two of 256 bits each, and the verifier never leaves before the code comes. */
  @Test
  void aFlowHasSecretsOfItsOwn() {
    OidcStart.Started one = scene.begin();
    OidcFlow flow = one.flow();
    assertThat(
            List.of(flow.state(), flow.nonce(), flow.codeVerifier(), scene.begin().flow().state()))
        .doesNotHaveDuplicates()
        .allSatisfy(secret -> assertThat(secret).matches("[A-Za-z0-9_-]{43}"));
    assertThat(one.authorizationUrl())
        .contains("state=" + flow.state(), "nonce=" + flow.nonce(), "code_challenge_method=S256")
        .doesNotContain(flow.codeVerifier());
    assertThat(flow.toString()).doesNotContain(flow.state(), flow.nonce(), flow.codeVerifier());
  }

  /** Some begin while the provider changes its key, and end after it. */
  @Test
  void keysRollOverInTheMiddle() throws Exception {
    scene.accepted();
    OidcStart.Started before = scene.begin();
    TestKey next = TestKey.elliptic("key-2");
    scene.provider.says("ES256");
    scene.discovery.forget(Scene.CONNECTION);
    scene.accepted();
    scene.clock.advance(OidcOptions.defaults().keysRefetch());
    scene.provider.keys.add(next.jwk());
    scene.provider.signer = next;
    assertThat(scene.finish(before)).isInstanceOf(OidcOutcome.Accepted.class);
    assertThat(scene.provider.calls("/keys")).isEqualTo(3);
  }

  @Test
  void manyLogInAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<OidcOutcome>> logins = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        logins.add(scene::login);
      }
      for (Future<OidcOutcome> login : threads.invokeAll(logins)) {
        assertThat(login.get()).isInstanceOf(OidcOutcome.Accepted.class);
      }
    }
    assertThat(scene.provider.calls("/keys")).isOne();
    assertThat(scene.provider.calls("/.well-known/openid-configuration")).isOne();
  }
}
