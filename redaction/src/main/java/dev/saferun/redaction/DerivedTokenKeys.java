package dev.saferun.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Token keys that are all derived from one master key: {@code HMAC-SHA256(master, organization ||
 * class)}. The organization has a fixed length, so no two pairs give the same input.
 */
public final class DerivedTokenKeys implements TokenKeys {

  /** The shortest master key that is taken. */
  public static final int MASTER_BYTES_MIN = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** Beyond this many keys the cache starts anew; a key is cheap to derive again. */
  private static final int CACHED_MAX = 20_000;

  private final SecretKeySpec master;
  private final Map<Owner, SecretKey> cached = new ConcurrentHashMap<>();

  private record Owner(UUID organizationId, String dataClass) {}

  public DerivedTokenKeys(byte[] master) {
    if (master.length < MASTER_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a master key has at least " + MASTER_BYTES_MIN + " bytes");
    }
    this.master = new SecretKeySpec(master, ALGORITHM);
  }

  @Override
  public SecretKey key(UUID organizationId, String dataClass) {
    Owner owner = new Owner(organizationId, dataClass);
    SecretKey known = cached.get(owner);
    if (known != null) {
      return known;
    }
    if (cached.size() >= CACHED_MAX) {
      cached.clear();
    }
    return cached.computeIfAbsent(owner, this::derive);
  }

  private SecretKey derive(Owner owner) {
    byte[] name = owner.dataClass().getBytes(StandardCharsets.UTF_8);
    byte[] input =
        ByteBuffer.allocate(2 * Long.BYTES + name.length)
            .putLong(owner.organizationId().getMostSignificantBits())
            .putLong(owner.organizationId().getLeastSignificantBits())
            .put(name)
            .array();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(master);
      return new SecretKeySpec(mac.doFinal(input), ALGORITHM);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, fault);
    }
  }
}
