package dev.saferun.redaction;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that names policies and evidence. */
final class Sha256 {

  private Sha256() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("this Java has no SHA-256", fault);
    }
  }
}
