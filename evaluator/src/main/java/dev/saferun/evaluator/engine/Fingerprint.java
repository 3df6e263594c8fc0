package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.platform.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names a call by its tool and canonical arguments: the first 64 bits of their SHA-256. */
final class Fingerprint {

  private Fingerprint() {}

  static long of(Check check) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(check.tool().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(CanonicalJson.write(check.arguments()))).getLong();
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
