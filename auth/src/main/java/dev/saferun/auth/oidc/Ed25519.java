package dev.saferun.auth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Signatures of RFC 8032 by Java's own means; the library would want another one for them. */
final class Ed25519 extends BaseJWSProvider implements JWSVerifier {

  private static final String NAME = "Ed25519";
  private static final int KEY_BYTES = 32;

  /** What stands before the bytes of a key in its X.509 form (RFC 8410 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  Ed25519(PublicKey key) {
    super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
    this.key = key;
  }

  /** Empty where the bytes are no key. */
  static Optional<PublicKey> publicKey(byte[] bytes) {
    if (bytes.length != KEY_BYTES) {
      return Optional.empty();
    }
    byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(bytes, 0, encoded, PREFIX.length, KEY_BYTES);
    try {
      return Optional.of(
          KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException noPoint) {
      return Optional.empty();
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(signingInput);
      return verifier.verify(signature.decode());
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
