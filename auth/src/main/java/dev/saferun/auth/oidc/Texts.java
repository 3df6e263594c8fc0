package dev.saferun.auth.oidc;

import dev.saferun.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Texts that are secrets or hashes. */
final class Texts {

  private static final int SECRET_BYTES = 32;

  private Texts() {}

  /** 256 random bits in 43 characters, which is also the form of a code verifier (RFC 7636 4.1). */
  static String secret() {
    return base64(Ids.secret(SECRET_BYTES));
  }

  /** Takes as long whatever the difference is. */
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  /** RFC 7636 4.2. */
  static String codeChallenge(String codeVerifier) {
    return base64(hash("SHA-256", codeVerifier));
  }

  /** The left half of the hash (OpenID Connect Core 3.1.3.6 and 3.3.2.11). */
  static String leftHalf(SignatureAlgorithm algorithm, String text) {
    byte[] hash = hash(algorithm.digest(), text);
    return base64(Arrays.copyOf(hash, hash.length / 2));
  }

  private static byte[] hash(String digest, String text) {
    try {
      return MessageDigest.getInstance(digest).digest(bytes(text));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has the SHA-2 hashes", fault);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
