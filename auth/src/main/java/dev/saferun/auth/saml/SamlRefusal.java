package dev.saferun.auth.saml;

/** Why a message is refused, by kind. */
public enum SamlRefusal {
  /** It is not what this protocol sends: broken, too large, or with forbidden parts. */
  MALFORMED,
  /** What must be signed is not. */
  UNSIGNED,
  /** A signature is false, or is not made in the one way that is taken. */
  SIGNATURE,
  /** An algorithm or a key is too weak. */
  WEAK,
  /** It is not encrypted as it must be, or cannot be decrypted. */
  ENCRYPTION,
  /** The identity provider itself says that nobody logged in. */
  STATUS,
  /** It is from another or for another. */
  PARTY,
  /** It does not answer the request that was sent from this browser. */
  REQUEST,
  /** It is not valid yet or any more. */
  TIME,
  /** It does not say who, or not in a way that can be used. */
  SUBJECT
}
