package dev.saferun.platform;

import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * An organization's key for AES-256-GCM, in the clear and in memory only. What was encrypted with
 * it names its id, so a newer key never keeps an older value from being read.
 */
public record DataKey(UUID id, SecretKey key) {

  /** Never the key itself. */
  @Override
  public String toString() {
    return "DataKey[" + id + "]";
  }
}
