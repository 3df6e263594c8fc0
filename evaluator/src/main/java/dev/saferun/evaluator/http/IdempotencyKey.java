package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.RunLog.Idempotency;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the header by which a client says "this is the same request again". */
final class IdempotencyKey {

  private IdempotencyKey() {}

  static Optional<Idempotency> read(@Nullable String header, byte[] body) {
    if (header == null) {
      return Optional.empty();
    }
    boolean visible = header.chars().allMatch(c -> c > ' ' && c < 0x7F);
    int most = RequestLimits.IDEMPOTENCY_KEY_CHARACTERS.most();
    if (header.isEmpty() || header.length() > most || !visible) {
      throw RequestLimits.IDEMPOTENCY_KEY_CHARACTERS.refuse(
          "Idempotency-Key must have 1 to " + most + " visible ASCII characters", null);
    }
    return Optional.of(new Idempotency(header, sha256(body)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
