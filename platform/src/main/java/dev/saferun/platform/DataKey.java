package dev.saferun.platform;

import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An organization's key for AES-256-GCM, in the clear and in memory only. What was encrypted with
 * it names its id, so a newer key never keeps an older value from being read.
 */
public record DataKey(UUID id, SecretKey key) {

  private static final int BYTES = 32;

  /** A new random key that nobody keeps unless the caller does. */
  public static DataKey random(UUID id) {
    return new DataKey(id, new SecretKeySpec(Ids.secret(BYTES), "AES"));
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return "DataKey[" + id + "]";
  }
}
