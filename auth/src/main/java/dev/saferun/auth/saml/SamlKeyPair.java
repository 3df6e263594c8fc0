package dev.saferun.auth.saml;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;

/**
 * A key of ours with the certificate that carries its public half to the identity provider. The
 * certificate says nothing more than that: it is signed by itself.
 */
public record SamlKeyPair(PrivateKey privateKey, X509Certificate certificate) {

  private static final int RSA_BITS = 3_072;

  /** A new RSA key with a certificate for it. */
  public static SamlKeyPair generate(String commonName, Instant from, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return certified(generator.generateKeyPair(), commonName, from, until);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every Java has RSA", never);
    }
  }

  /** A certificate for a key of RSA, or of EC on a named curve. */
  static SamlKeyPair certified(KeyPair pair, String commonName, Instant from, Instant until) {
    byte[] certificate = SelfSigned.certificate(pair, commonName, from, until);
    return new SamlKeyPair(pair.getPrivate(), certificate(certificate));
  }

  /**
   * One that was kept.
   *
   * @param privateKey in PKCS #8
   * @param certificate in DER
   * @throws IllegalArgumentException where they cannot be read
   */
  public static SamlKeyPair of(byte[] privateKey, byte[] certificate) {
    X509Certificate read = certificate(certificate);
    try {
      KeyFactory factory = KeyFactory.getInstance(read.getPublicKey().getAlgorithm());
      return new SamlKeyPair(factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)), read);
    } catch (GeneralSecurityException damaged) {
      throw new IllegalArgumentException("the private key cannot be read", damaged);
    }
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException damaged) {
      throw new IllegalArgumentException("the certificate cannot be read", damaged);
    }
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return "SamlKeyPair[" + certificate.getSubjectX500Principal() + "]";
  }
}
