package dev.saferun.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The appliance's own key, and a key for each purpose derived from it.
 *
 * <p>The key is 32 random bytes in the data directory, made at the first start. Whoever loses it
 * loses every stored key hash and token with it, so it belongs in the backup, apart from the
 * database's. Derived keys are HKDF-SHA256 (RFC 5869, one block) with the purpose as its info:
 * knowing one tells nothing about another.
 */
public final class SecretKeyring {

  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] extracted;

  private SecretKeyring(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalStateException("the keyring must hold exactly 32 bytes");
    }
    // RFC 5869, 2.2: without a salt, as many zero bytes as the hash is long.
    this.extracted = hmac(new byte[KEY_BYTES], key);
  }

  public static SecretKeyring open(DataDirectory directory) {
    return new SecretKeyring(directory.secret("keyring", () -> Ids.secret(KEY_BYTES)));
  }

  /** Over a key that the caller has: for tests, and for keys that come from a vault. */
  public static SecretKeyring of(byte[] key) {
    return new SecretKeyring(key);
  }

  /** 32 bytes for this purpose; the same for ever. A purpose is named {@code module/what/v1}. */
  public byte[] derive(String purpose) {
    byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] block = java.util.Arrays.copyOf(info, info.length + 1);
    block[info.length] = 1;
    return hmac(extracted, block);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("every Java has HmacSHA256", fault);
    }
  }
}
