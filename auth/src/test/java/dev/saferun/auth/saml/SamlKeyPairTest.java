package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamlKeyPairTest {

  @Test
  void aNewOneHasACertificateOfItsOwn() throws Exception {
    Instant from = Instant.parse("2026-11-28T10:00:00Z");
    for (Instant until :
        List.of(Instant.parse("2049-12-31T23:59:59Z"), Instant.parse("2050-01-01T00:00:00Z"))) {
      SamlKeyPair pair = SamlKeyPair.generate("SafeRun: Ünïcode, \"quoted\"", from, until);
      pair.certificate().verify(pair.certificate().getPublicKey());
      assertThat(pair.certificate().getNotBefore()).isEqualTo(Date.from(from));
      assertThat(pair.certificate().getNotAfter()).isEqualTo(Date.from(until));
      assertThat(pair.certificate().getSubjectX500Principal())
          .isEqualTo(pair.certificate().getIssuerX500Principal());
      assertThat(pair.certificate().getSubjectX500Principal().getName())
          .isEqualTo("CN=SafeRun: Ünïcode\\, \\\"quoted\\\"");
      assertThat(pair.certificate().getVersion()).isEqualTo(3);
      assertThat(KeyStrength.isEnough(pair.certificate().getPublicKey())).isTrue();
    }
  }

  @Test
  void oneThatWasKeptSignsAsBefore() throws Exception {
    for (SamlKeyPair pair : List.of(Keys.SIGNING, Keys.SIGNING_EC)) {
      SamlKeyPair read =
          SamlKeyPair.of(pair.privateKey().getEncoded(), pair.certificate().getEncoded());
      String algorithm = SignatureAlgorithm.of(read.privateKey()).java();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(read.privateKey());
      signer.update(new byte[] {1});
      byte[] value = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(pair.certificate().getPublicKey());
      verifier.update(new byte[] {1});
      assertThat(verifier.verify(value)).isTrue();
    }
  }

  @Test
  void damagedOnesAreRefused() throws Exception {
    byte[] key = Keys.SIGNING.privateKey().getEncoded();
    byte[] certificate = Keys.SIGNING.certificate().getEncoded();
    assertThatThrownBy(() -> SamlKeyPair.of(new byte[3], certificate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the private key cannot be read");
    assertThatThrownBy(() -> SamlKeyPair.of(key, new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the certificate cannot be read");
  }

  @Test
  void theKeyIsNotPrinted() {
    assertThat(Keys.SIGNING.toString()).isEqualTo("SamlKeyPair[CN=sp signing]");
  }
}
