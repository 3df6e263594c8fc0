package dev.saferun.auth.saml;

/** How an identity provider protects a response. */
enum Signing {
  RESPONSE(true, false, false),
  ASSERTION(false, true, false),
  BOTH(true, true, false),
  /** Signed inside, then encrypted. */
  ENCRYPTED(false, true, true),
  /** Encrypted, then signed around. */
  ENCRYPTED_IN_RESPONSE(true, false, true);

  final boolean response;
  final boolean assertion;
  final boolean encrypted;

  Signing(boolean response, boolean assertion, boolean encrypted) {
    this.response = response;
    this.assertion = assertion;
    this.encrypted = encrypted;
  }
}
