package dev.saferun.auth.oidc;

/**
 * Each thing that a login or a logout depends on. All are on, always; the tests switch one off at a
 * time and show that something forged gets in then, so none is there for show. What has no switch
 * is the shape of the code: no algorithm without a key pair is known, and no key is taken from a
 * token.
 */
enum OidcCheck {
  /** Every address of a provider is https (or on this machine, where that is allowed). */
  ADDRESS(OidcRefusal.ADDRESS),
  /** JSON comes as JSON, not as something that somebody could put on the provider's host. */
  ANSWER_TYPE(OidcRefusal.ANSWER),
  /** OpenID Connect Discovery 4.3. */
  DISCOVERY_ISSUER(OidcRefusal.DISCOVERY_ISSUER),
  /** A provider that lists its methods lists S256 (RFC 7636, RFC 9700 2.1.1). */
  CODE_CHALLENGE(OidcRefusal.CODE_CHALLENGE),
  /** A flow ends where it began. */
  FLOW_CONNECTION(OidcRefusal.FLOW_CONNECTION),
  FLOW_AGE(OidcRefusal.FLOW_AGE),
  /** RFC 6749 3.1: of two parameters, somebody else would take the other one. */
  PARAMETER_TWICE(OidcRefusal.PARAMETER_TWICE),
  /** RFC 6749 10.12. */
  STATE(OidcRefusal.STATE),
  /** RFC 9207, against mix-up. */
  RESPONSE_ISSUER(OidcRefusal.RESPONSE_ISSUER),
  /** RFC 7636: the code is of no use to anybody else. The provider is who refuses. */
  CODE_VERIFIER(OidcRefusal.CODE_DENIED),
  /** RFC 6749 5.1: an access token of a type that is not understood is not used. */
  ACCESS_TOKEN_TYPE(OidcRefusal.TOKEN_ANSWER),
  /** RFC 8725 3.11: a token of another kind by the same key is not an ID token. */
  ID_TOKEN_KIND(OidcRefusal.TOKEN_KIND),
  LOGOUT_TOKEN_KIND(OidcRefusal.TOKEN_KIND),
  /** Only what the provider says that it signs with. */
  ALGORITHM(OidcRefusal.ALGORITHM),
  /** RSA of 2048 bits and more. */
  KEY_STRENGTH(OidcRefusal.KEY),
  /** A key that is for encryption signs nothing. */
  KEY_USE(OidcRefusal.KEY),
  /** A key that is for one algorithm is not used with another. */
  KEY_ALGORITHM(OidcRefusal.KEY),
  /** The key is the one that the token names. */
  KEY_ID(OidcRefusal.KEY),
  /** What the provider took out of its set is forgotten with the next reading of it. */
  KEYS_REPLACED(OidcRefusal.KEY),
  /** And the set is read anew before long. */
  KEYS_LIFE(OidcRefusal.KEY),
  SIGNATURE(OidcRefusal.SIGNATURE),
  ISSUER(OidcRefusal.ISSUER),
  AUDIENCE(OidcRefusal.AUDIENCE),
  AUTHORIZED_PARTY(OidcRefusal.AUTHORIZED_PARTY),
  EXPIRY(OidcRefusal.EXPIRY),
  NOT_BEFORE(OidcRefusal.NOT_BEFORE),
  ISSUED_AT(OidcRefusal.ISSUED_AT),
  SUBJECT(OidcRefusal.SUBJECT),
  NONCE(OidcRefusal.NONCE),
  ACCESS_TOKEN_HASH(OidcRefusal.ACCESS_TOKEN_HASH),
  CODE_HASH(OidcRefusal.CODE_HASH),
  AUTHENTICATION_AGE(OidcRefusal.AUTHENTICATION_AGE),
  AUTHENTICATION_CONTEXT(OidcRefusal.AUTHENTICATION_CONTEXT),
  /** OpenID Connect Core 5.3.2. */
  USERINFO_SUBJECT(OidcRefusal.USERINFO_SUBJECT),
  /** OpenID Connect Back-Channel Logout 2.4 and 2.6, with those below. */
  LOGOUT_EVENT(OidcRefusal.LOGOUT_EVENT),
  LOGOUT_NONCE(OidcRefusal.LOGOUT_NONCE),
  LOGOUT_ID(OidcRefusal.LOGOUT_ID),
  LOGOUT_SUBJECT(OidcRefusal.LOGOUT_SUBJECT),
  /** Beyond it the id of a token may be forgotten. */
  LOGOUT_AGE(OidcRefusal.LOGOUT_AGE);

  private final OidcRefusal refusal;

  OidcCheck(OidcRefusal refusal) {
    this.refusal = refusal;
  }

  OidcRefusal refusal() {
    return refusal;
  }
}
