package dev.saferun.auth.oidc;

/** The public keys by which a signature is verified. There are no shared ones. */
enum KeyKind {
  RSA,
  P_256,
  P_384,
  P_521,
  ED25519
}
