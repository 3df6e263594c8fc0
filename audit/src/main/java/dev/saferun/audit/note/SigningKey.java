package dev.saferun.audit.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key that signs notes under a name. */
public final class SigningKey {

  private static final int SIGNATURE_BYTES = 64;

  private final VerifierKey verifier;
  private final PrivateKey key;

  private SigningKey(VerifierKey verifier, PrivateKey key) {
    this.verifier = verifier;
    this.key = key;
  }

  /** A new one. */
  public static SigningKey generate(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(VerifierKey.of(name, pair.getPublic()), pair.getPrivate());
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every Java has Ed25519", never);
    }
  }

  /**
   * One that was kept.
   *
   * @param encoded what {@link #encoded} gave
   */
  public static SigningKey of(VerifierKey verifier, byte[] encoded) {
    try {
      return new SigningKey(
          verifier,
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException damaged) {
      throw new IllegalArgumentException("this is no Ed25519 private key", damaged);
    }
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** The private key, to be sealed and kept. */
  public byte[] encoded() {
    return key.getEncoded();
  }

  /** The line below a note: who signed, and how. */
  String line(byte[] text) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(text);
      byte[] signature = ed25519.sign();
      return SignedNote.DASH
          + verifier.name()
          + " "
          + Base64Text.of(
              ByteBuffer.allocate(VerifierKey.HASH_BYTES + SIGNATURE_BYTES)
                  .put(verifier.hash())
                  .put(signature)
                  .array())
          + "\n";
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("the key cannot sign", fault);
    }
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return "SigningKey[" + verifier.name() + "]";
  }
}
