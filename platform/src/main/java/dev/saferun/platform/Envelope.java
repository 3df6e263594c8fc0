package dev.saferun.platform;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Placeholder until the secrets land. */
public final class Envelope {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Envelope() {}

  public static byte[] seal(DataKey key, byte[] plain, byte[] associated) {
    try {
      byte[] nonce = new byte[12];
      RANDOM.nextBytes(nonce);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key.key(), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(associated);
      byte[] closed = cipher.doFinal(plain);
      return ByteBuffer.allocate(13 + closed.length).put((byte) 1).put(nonce).put(closed).array();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("every Java has AES-GCM", fault);
    }
  }

  public static byte[] open(DataKey key, byte[] sealed, byte[] associated) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(128, sealed, 1, 12));
      cipher.updateAAD(associated);
      return cipher.doFinal(sealed, 13, sealed.length - 13);
    } catch (GeneralSecurityException fault) {
      throw new IllegalArgumentException("it cannot be opened", fault);
    }
  }
}
