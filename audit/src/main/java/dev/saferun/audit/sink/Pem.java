package dev.saferun.audit.sink;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in the text form of RFC 7468. */
final class Pem {

  private static final Pattern KEY =
      Pattern.compile(
          "\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private Pem() {}

  /** At least one. */
  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    List<X509Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (found.isEmpty()) {
      throw new CertificateException("there is no certificate");
    }
    return found;
  }

  /** An unencrypted key in PKCS #8; none of the messages holds a part of it. */
  static PrivateKey key(String text) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidKeySpecException("there is no unencrypted key in PKCS #8");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException otherAlgorithm) {
        // The next one.
      }
    }
    throw new InvalidKeySpecException("the key is of no known algorithm");
  }
}
