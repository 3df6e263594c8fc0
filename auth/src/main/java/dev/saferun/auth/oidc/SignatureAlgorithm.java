package dev.saferun.auth.oidc;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every algorithm that a token may be signed with (RFC 7518 3.1, RFC 8037 3.1, RFC 9864 2.2). One
 * that is not here is not known, {@code none} and those of a shared secret above all.
 */
enum SignatureAlgorithm {
  RS256("RS256", KeyKind.RSA, "SHA-256"),
  RS384("RS384", KeyKind.RSA, "SHA-384"),
  RS512("RS512", KeyKind.RSA, "SHA-512"),
  PS256("PS256", KeyKind.RSA, "SHA-256"),
  PS384("PS384", KeyKind.RSA, "SHA-384"),
  PS512("PS512", KeyKind.RSA, "SHA-512"),
  ES256("ES256", KeyKind.P_256, "SHA-256"),
  ES384("ES384", KeyKind.P_384, "SHA-384"),
  ES512("ES512", KeyKind.P_521, "SHA-512"),
  EDDSA("EdDSA", KeyKind.ED25519, "SHA-512"),
  ED25519("Ed25519", KeyKind.ED25519, "SHA-512");

  private final String wireName;
  private final KeyKind keyKind;
  private final String digest;

  SignatureAlgorithm(String wireName, KeyKind keyKind, String digest) {
    this.wireName = wireName;
    this.keyKind = keyKind;
    this.digest = digest;
  }

  static Optional<SignatureAlgorithm> find(String wireName) {
    return Stream.of(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
  }

  String wireName() {
    return wireName;
  }

  KeyKind keyKind() {
    return keyKind;
  }

  /** The hash function that goes with it, also for the hashes in an ID token. */
  String digest() {
    return digest;
  }
}
