package dev.saferun.auth.breakglass;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.saferun.platform.Ids;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** Codes of an authenticator: six digits, a new one each 30 seconds. */
@Singleton
class OneTimeCodes {

  private static final int SECRET_BYTES = 20;

  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator();

  /** A new secret, in the letters in which an authenticator takes it. */
  static String secret() {
    return new Base32().encodeToString(Ids.secret(SECRET_BYTES));
  }

  /** What an authenticator reads as a picture. */
  static String address(String issuer, String account, String secret) {
    String label =
        URLEncoder.encode(issuer + ":" + account, StandardCharsets.UTF_8).replace("+", "%20");
    String by = URLEncoder.encode(issuer, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + by;
  }

  /** The step whose code it is: of now, of the one before or after it; empty for any other code. */
  OptionalLong step(String secret, String code, Instant now) {
    SecretKeySpec key = new SecretKeySpec(new Base32().decode(secret), generator.getAlgorithm());
    long current = now.toEpochMilli() / generator.getTimeStep().toMillis();
    for (long step = current - 1; step <= current + 1; step++) {
      if (isOf(key, code, step)) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  private boolean isOf(SecretKeySpec key, String code, long step) {
    Instant at = Instant.ofEpochMilli(step * generator.getTimeStep().toMillis());
    try {
      return MessageDigest.isEqual(
          generator.generateOneTimePasswordString(key, at).getBytes(StandardCharsets.UTF_8),
          code.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidKeyException fault) {
      throw new IllegalStateException("any bytes are a key for HMAC", fault);
    }
  }
}
