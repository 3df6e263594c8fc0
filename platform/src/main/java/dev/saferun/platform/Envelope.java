package dev.saferun.platform;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals bytes with a {@link DataKey} by AES-256-GCM (NIST SP 800-38D) and opens them again.
 *
 * <p>What is sealed begins with a version of the format (1 byte) and the key's id (16 bytes), so
 * whoever reads it knows which key to {@linkplain DataKeys#find find}. A random nonce of 96 bits,
 * the ciphertext and a tag of 128 bits follow. The tag also covers version, key id and the
 * associated data: where it stands belongs there (organization, row, field), so that a value that
 * was moved elsewhere does not open.
 *
 * <p>A random nonce may be drawn 2^32 times for one key before two that are alike become likelier
 * than one in 2^32: a key must be {@linkplain DataKeys#rotate rotated} before it sealed that much.
 */
public final class Envelope {

  /** By how much the sealed bytes are longer than the plain ones. */
  public static final int OVERHEAD_BYTES = 45;

  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 17;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  /** Looked for once: that is half of what a small value costs. */
  private static final Provider PROVIDER = provider();

  private Envelope() {}

  private static Provider provider() {
    try {
      return Cipher.getInstance(ALGORITHM).getProvider();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("every Java has AES-GCM", fault);
    }
  }

  /** The plain bytes, readable by nobody without the key; other bytes at each call. */
  public static byte[] seal(DataKey key, byte[] plain, byte[] associatedData) {
    byte[] sealed = Arrays.copyOf(header(key.id()), plain.length + OVERHEAD_BYTES);
    System.arraycopy(Ids.secret(NONCE_BYTES), 0, sealed, HEADER_BYTES, NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, sealed, associatedData);
      cipher.doFinal(plain, 0, plain.length, sealed, HEADER_BYTES + NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("the key is none for AES-GCM", fault);
    }
  }

  /**
   * The plain bytes.
   *
   * @throws BrokenSealException where they were sealed with another key or other associated data,
   *     or any bit of them was altered
   */
  public static byte[] open(DataKey key, byte[] sealed, byte[] associatedData) {
    if (!keyId(sealed).equals(key.id())) {
      throw new BrokenSealException(BrokenSealException.Reason.OTHER_KEY);
    }
    int start = HEADER_BYTES + NONCE_BYTES;
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, associatedData);
      return cipher.doFinal(sealed, start, sealed.length - start);
    } catch (AEADBadTagException altered) {
      throw new BrokenSealException(BrokenSealException.Reason.ALTERED);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("the key is none for AES-GCM", fault);
    }
  }

  /**
   * The id of the key that opens it.
   *
   * @throws BrokenSealException where these are not sealed bytes of a format that is known
   */
  public static UUID keyId(byte[] sealed) {
    if (sealed.length < OVERHEAD_BYTES || sealed[0] != FORMAT) {
      throw new BrokenSealException(BrokenSealException.Reason.FORMAT);
    }
    ByteBuffer bytes = ByteBuffer.wrap(sealed, 1, HEADER_BYTES - 1);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private static byte[] header(UUID keyId) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .put(FORMAT)
        .putLong(keyId.getMostSignificantBits())
        .putLong(keyId.getLeastSignificantBits())
        .array();
  }

  /**
   * A new one for each call. One kept for each thread would save half a microsecond and keep a key
   * in every thread, for as long as that lives, after it left the memory elsewhere.
   */
  private static Cipher cipher(int mode, DataKey key, byte[] sealed, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM, PROVIDER);
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, sealed, HEADER_BYTES, NONCE_BYTES));
    cipher.updateAAD(sealed, 0, HEADER_BYTES);
    cipher.updateAAD(associatedData);
    return cipher;
  }
}
