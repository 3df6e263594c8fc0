package dev.saferun.replay.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request that came with an idempotency key: the key only as a keyed hash, since a client may put
 * anything into it, and the SHA-256 of the body.
 */
record KeyedRequest(UUID environmentId, byte[] keyHash, byte[] bodySha256) {

  /** What the hash is looked up by. */
  record Name(UUID environmentId, long a, long b, long c, long d) {}

  /** Makes the hashes; one key for the appliance, the environment is part of what is hashed. */
  static final class Hasher {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Hasher(byte[] key) {
      this.key = new SecretKeySpec(key, ALGORITHM);
    }

    KeyedRequest of(UUID environmentId, String clientKey, byte[] bodySha256) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        mac.update(
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(environmentId.getMostSignificantBits())
                .putLong(environmentId.getLeastSignificantBits())
                .array());
        byte[] hash = mac.doFinal(clientKey.getBytes(StandardCharsets.UTF_8));
        return new KeyedRequest(environmentId, hash, bodySha256);
      } catch (GeneralSecurityException fault) {
        throw new IllegalStateException("every Java has " + ALGORITHM, fault);
      }
    }
  }

  Name name() {
    ByteBuffer hash = ByteBuffer.wrap(keyHash);
    return new Name(environmentId, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }
}
