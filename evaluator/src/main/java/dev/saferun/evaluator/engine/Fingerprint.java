package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.platform.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names a call by 64 bits: the first eight bytes of SHA-256 over tool, a zero byte, and the
 * canonical arguments. Two different calls of one run share a name with a chance of about 2^-53.
 */
final class Fingerprint {

  private Fingerprint() {}

  static long of(Check check) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(check.tool().getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
      return ByteBuffer.wrap(hash.digest(CanonicalJson.write(check.arguments()))).getLong();
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
