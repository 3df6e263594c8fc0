package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no provider. */
class OidcShapesTest {

  @Test
  void defaultsAreWhatTheDocumentationSays() {
    assertThat(OidcOptions.defaults())
        .isEqualTo(
            new OidcOptions(
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                false));
    assertThat(OidcConnection.CLOCK_SKEW).isEqualTo(Duration.ofSeconds(60));
    assertThat(OidcClaimNames.defaults()).isEqualTo(new OidcClaimNames("email", "name", "groups"));
  }

  @Test
  void everyRefusalHasItsOwnText() {
    assertThat(Arrays.stream(OidcRefusal.values()).map(OidcRefusal::text))
        .doesNotHaveDuplicates()
        .allSatisfy(text -> assertThat(text).isNotBlank());
  }

  /** The examples of OpenID Connect Core A.4 and RFC 7636 B. */
  @Test
  void hashesAreThoseOfTheSpecifications() {
    assertThat(
            Texts.leftHalf(
                SignatureAlgorithm.RS256,
                "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"))
        .isEqualTo("LDktKdoQak3Pk0cnXxCltA");
    assertThat(Texts.codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example.com",
        "https://idp.example.com:8443/realms/one",
        "https://[2001:db8::1]/x?y=z"
      })
  void addressesOfTheWorldAreHttps(String url) {
    assertThat(IdpAddress.isTaken(url, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.2",
        "HTTPS://idp.example.com",
        "https:idp.example.com",
        "https:///x",
        "//idp.example.com",
        "ftp://idp.example.com",
        "javascript:alert(1)",
        "https://user@idp.example.com",
        "https://idp.example.com#x",
        "https://idp.example.com/ x",
        "https://idp.example.com\\@evil.test",
        "https://idp.exämple.com",
        "https://under_score.example.com",
        "",
        "https://idp.example.com/\r\nx"
      })
  void addressesOfAnotherFormAreNotTaken(String url) {
    assertThat(IdpAddress.isTaken(url, true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/x"})
  void thisMachineMayBeCalledInTheClear(String url) {
    assertThat(IdpAddress.isTaken(url, true)).isTrue();
    assertThat(IdpAddress.isTaken(url, false)).isFalse();
  }

  @Test
  void anAnswerIsBoundedHereToo() {
    byte[] most = new byte[WebAnswer.BODY_BYTES_MAX];
    assertThat(new WebAnswer(200, "", most).body()).hasSize(256 * 1024);
    assertThatThrownBy(() -> new WebAnswer(200, "", new byte[most.length + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON ; charset=utf-8"})
  void jsonSaysThatItIs(String type) {
    assertThat(new WebAnswer(200, type, new byte[0]).isJson()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/html", "application/json+x", "text/html;application/json"})
  void otherThingsAreNoJson(String type) {
    assertThat(new WebAnswer(200, type, new byte[0]).isJson()).isFalse();
  }

  @Test
  void aConnectionThatCannotWorkIsNotMade() {
    assertThatThrownBy(() -> connection(" ", List.of("openid"), 60, null, "https://x.test/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> connection("c", List.of("email"), 60, null, "https://x.test/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> connection("c", List.of("openid"), 301, null, "https://x.test/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> connection("c", List.of("openid"), 60, Duration.ofSeconds(-1), "https://x.test/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> connection("c", List.of("openid"), 60, null, "javascript:x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(connection("c", List.of("openid"), 60, null, "https://x.test/").toString())
        .doesNotContain("canary");
  }

  private static OidcConnection connection(
      String client,
      List<String> scopes,
      long skewSeconds,
      @Nullable Duration maxAge,
      String redirect) {
    return new OidcConnection(
        new UUID(0, 1),
        "https://idp.example.com",
        client,
        new OidcClientAuthentication.SecretPost(Secret.of("canary")),
        scopes,
        redirect,
        null,
        OidcClaimNames.defaults(),
        Duration.ofSeconds(skewSeconds),
        maxAge,
        List.of(),
        false);
  }
}
