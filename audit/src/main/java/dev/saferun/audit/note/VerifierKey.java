package dev.saferun.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whose signature a note may bear: a name and an Ed25519 public key, written {@code
 * name+hash+base64} as the signed notes of C2SP have it.
 */
public final class VerifierKey {

  static final byte ED25519 = 1;
  static final int PUBLIC_BYTES = 32;
  static final int HASH_BYTES = 4;

  private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] key;

  VerifierKey(String name, byte[] key) {
    this.name = name;
    this.key = key.clone();
  }

  static VerifierKey of(String name, PublicKey key) {
    byte[] encoded = key.getEncoded();
    return new VerifierKey(
        name, Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length));
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException where it is not one
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a key is written name+hash+base64");
    }
    byte[] typed = Base64Text.read(parts[2]);
    if (typed.length != 1 + PUBLIC_BYTES || typed[0] != ED25519) {
      throw new IllegalArgumentException("the key is not one for Ed25519");
    }
    VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.toString().equals(text)) {
      throw new IllegalArgumentException("the key's hash is not that of its name and bytes");
    }
    return key;
  }

  public String name() {
    return name;
  }

  /** The first bytes of the SHA-256 of name, line feed, type and key. */
  byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(ED25519);
      return Arrays.copyOf(digest.digest(key), HASH_BYTES);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  boolean verifies(byte[] text, byte[] signature) {
    try {
      byte[] spki =
          ByteBuffer.allocate(SPKI_HEAD.length + PUBLIC_BYTES).put(SPKI_HEAD).put(key).array();
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      ed25519.update(text);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** The written form. */
  @Override
  public String toString() {
    byte[] typed = ByteBuffer.allocate(1 + PUBLIC_BYTES).put(ED25519).put(key).array();
    return name + "+" + HexFormat.of().formatHex(hash()) + "+" + Base64Text.of(typed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }
}
