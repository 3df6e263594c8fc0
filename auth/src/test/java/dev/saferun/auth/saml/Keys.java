package dev.saferun.auth.saml;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/** Freshly made for each run, by whom they belong to. */
final class Keys {

  /** The identity provider's, and the one that it changes to. */
  static final SamlKeyPair PROVIDER = rsa(2_048, "idp");

  static final SamlKeyPair PROVIDER_NEXT = rsa(2_048, "idp next");
  static final SamlKeyPair PROVIDER_SHORT = rsa(1_024, "idp short");
  static final SamlKeyPair PROVIDER_EC = ec("secp256r1");
  static final SamlKeyPair PROVIDER_EC_384 = ec("secp384r1");
  static final SamlKeyPair PROVIDER_EC_521 = ec("secp521r1");

  /** Ours. */
  static final SamlKeyPair SIGNING = rsa(2_048, "sp signing");

  static final SamlKeyPair SIGNING_EC = ec("secp256r1");
  static final SamlKeyPair DECRYPTION = rsa(2_048, "sp decryption");
  static final SamlKeyPair DECRYPTION_OLD = rsa(2_048, "sp decryption old");

  /** Those of another organization's identity provider, and of somebody outside. */
  static final SamlKeyPair NEIGHBOUR = rsa(2_048, "neighbour");

  static final SamlKeyPair ATTACKER = rsa(2_048, "attacker");

  private Keys() {}

  private static SamlKeyPair rsa(int bits, String name) {
    return made("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), name);
  }

  private static SamlKeyPair ec(String curve) {
    return made("EC", new ECGenParameterSpec(curve), curve);
  }

  private static SamlKeyPair made(String type, AlgorithmParameterSpec parameters, String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(parameters);
      KeyPair pair = generator.generateKeyPair();
      Instant now = Instant.now();
      return SamlKeyPair.certified(
          pair, name, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }
}
