package dev.saferun.auth.keys;

import java.nio.ByteBuffer;

/** The HMAC-SHA256 of a key, as four longs: a map key that costs one small object. */
public record KeyHash(long first, long second, long third, long fourth) {

  public static final int BYTES = 32;

  public static KeyHash of(byte[] hmac) {
    if (hmac.length != BYTES) {
      throw new IllegalArgumentException("a key hash has 32 bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(hmac);
    return new KeyHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Its bits are as good as random already. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  /** Not for logs: nothing of a hash stands in one. */
  @Override
  public String toString() {
    return "KeyHash";
  }
}
