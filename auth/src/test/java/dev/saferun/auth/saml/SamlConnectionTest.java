package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamlConnectionTest {

  private static void refused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void aPolicyIsModerateByDefault() {
    assertThat(SamlPolicy.DEFAULT)
        .isEqualTo(new SamlPolicy(false, false, false, false, Duration.ofSeconds(60), null));
  }

  @Test
  void clocksDifferByMinutesAtMost() {
    for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(301))) {
      refused(
          () -> new SamlPolicy(false, false, false, false, skew, null),
          "the clock skew must be from 0 to 300 seconds");
    }
    refused(
        () -> new SamlPolicy(false, false, false, false, Duration.ZERO, Duration.ZERO),
        "the age of a login must be more than nothing");
  }

  @Test
  void addressesAreWhole() {
    for (String odd :
        List.of(
            "", "/sso", "ftp://x.example/", "https:///x", "https://u@x.example", "https://x#y")) {
      refused(
          () -> new SamlEndpoint(SamlBinding.POST, odd),
          "a location must be an absolute URL of http or https");
    }
    assertThat(new SamlEndpoint(SamlBinding.POST, "https://x.example/a").answersTo())
        .isEqualTo("https://x.example/a");
  }

  @Test
  void keysFitTheirPurpose() {
    refused(() -> provider(List.of(), List.of()), "a key for signing is needed");
    refused(
        () -> provider(List.of(Keys.SIGNING), List.of(Keys.SIGNING_EC)),
        "a key for decryption must be one of RSA");
    SamlConnection standard = Connections.standard();
    refused(
        () ->
            new SamlConnection(
                provider(List.of(Keys.SIGNING), List.of()),
                standard.identityProvider(),
                Connections.wantingEncryption().policy(),
                standard.attributes()),
        "to demand encryption a key for decryption is needed");
    refused(
        () ->
            new IdentityProvider(
                "x", new SamlEndpoint(SamlBinding.POST, Connections.ACS), null, List.of()),
        "from 1 to 8 certificates are needed");
  }

  private static ServiceProvider provider(List<SamlKeyPair> signing, List<SamlKeyPair> decryption) {
    return new ServiceProvider(
        Connections.SP, Connections.ACS, Connections.SLO, signing, decryption);
  }
}
