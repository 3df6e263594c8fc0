package dev.saferun.auth.saml;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Whether a key is long enough to be believed, and of a kind that is used here. */
final class KeyStrength {

  private KeyStrength() {}

  static boolean isEnough(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SamlLimits.RSA_BITS_MIN;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= SamlLimits.EC_BITS_MIN;
      default -> false;
    };
  }

  static boolean isRsa(X509Certificate certificate) {
    return certificate.getPublicKey() instanceof RSAPublicKey;
  }
}
