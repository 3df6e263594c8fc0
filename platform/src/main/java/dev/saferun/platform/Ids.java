package dev.saferun.platform;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids: UUIDv7 (RFC 9562), so that they sort by the time they were made. */
public final class Ids {

  private static final SecureRandom SECURE = new SecureRandom();

  private Ids() {}

  /** A new id for a row or a decision; unique, ordered to the millisecond, not a secret. */
  public static UUID next(long epochMillis) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (epochMillis << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** Random bytes that nobody can guess. */
  public static byte[] secret(int bytes) {
    byte[] secret = new byte[bytes];
    SECURE.nextBytes(secret);
    return secret;
  }
}
