package dev.saferun.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that a provider signs with.
 *
 * @param id by which tokens name it, or null
 * @param algorithm the only one that it is for, or null
 */
record SigningKey(@Nullable String id, KeyKind kind, PublicKey key, @Nullable String algorithm) {

  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;

  /** Empty for a key that nothing is verified with here. */
  static Optional<SigningKey> of(JWK jwk, OidcChecks checks) {
    if (checks.has(OidcCheck.KEY_USE) && !isForSignatures(jwk)) {
      return Optional.empty();
    }
    try {
      return switch (jwk) {
        case RSAKey rsa -> of(rsa, checks);
        case ECKey elliptic -> of(elliptic);
        case OctetKeyPair pair -> of(pair);
        default -> Optional.empty();
      };
    } catch (JOSEException notThisJava) {
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JWK jwk) {
    return (jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse()))
        && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static Optional<SigningKey> of(RSAKey jwk, OidcChecks checks) throws JOSEException {
    RSAPublicKey key = jwk.toRSAPublicKey();
    int bits = key.getModulus().bitLength();
    boolean isStrong = bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
    return isStrong || !checks.has(OidcCheck.KEY_STRENGTH)
        ? Optional.of(of(jwk, KeyKind.RSA, key))
        : Optional.empty();
  }

  private static Optional<SigningKey> of(ECKey jwk) throws JOSEException {
    Optional<KeyKind> kind = kind(jwk.getCurve());
    return kind.isPresent()
        ? Optional.of(of(jwk, kind.get(), jwk.toECPublicKey()))
        : Optional.empty();
  }

  private static Optional<KeyKind> kind(Curve curve) {
    if (curve.equals(Curve.P_256)) {
      return Optional.of(KeyKind.P_256);
    }
    if (curve.equals(Curve.P_384)) {
      return Optional.of(KeyKind.P_384);
    }
    return curve.equals(Curve.P_521) ? Optional.of(KeyKind.P_521) : Optional.empty();
  }

  private static Optional<SigningKey> of(OctetKeyPair jwk) {
    return jwk.getCurve().equals(Curve.Ed25519)
        ? Ed25519.publicKey(jwk.getDecodedX()).map(key -> of(jwk, KeyKind.ED25519, key))
        : Optional.empty();
  }

  private static SigningKey of(JWK jwk, KeyKind kind, PublicKey key) {
    String algorithm = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
    return new SigningKey(jwk.getKeyID(), kind, key, algorithm);
  }

  boolean suits(SignatureAlgorithm wanted, OidcChecks checks) {
    boolean isForIt = algorithm == null || algorithm.equals(wanted.wireName());
    return kind == wanted.keyKind() && (isForIt || !checks.has(OidcCheck.KEY_ALGORITHM));
  }
}
