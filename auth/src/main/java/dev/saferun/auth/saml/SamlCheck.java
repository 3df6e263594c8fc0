package dev.saferun.auth.saml;

/**
 * Everything that is demanded of a message, in the order in which it is asked. The text is for the
 * person who set up the connection.
 */
enum SamlCheck {
  // The text and its form.
  SIZE(SamlRefusal.MALFORMED, "the message is too large"),
  BASE64(SamlRefusal.MALFORMED, "the message is not base64 as the binding has it"),
  QUERY_FORM(
      SamlRefusal.MALFORMED,
      "the query has a parameter that is unknown, missing, empty or there twice"),
  DEFLATE_SIZE(SamlRefusal.MALFORMED, "the message is too large once it is inflated"),
  DEFLATE_END(SamlRefusal.MALFORMED, "something follows the compressed message"),
  ENCODING(SamlRefusal.MALFORMED, "the message must be XML 1.0 in UTF-8"),
  DOCTYPE(SamlRefusal.MALFORMED, "the message has a document type, which is not allowed"),
  DEPTH(SamlRefusal.MALFORMED, "the message has elements too deep in each other"),
  ATTRIBUTES(SamlRefusal.MALFORMED, "an element has too many attributes"),
  MARKUP(
      SamlRefusal.MALFORMED,
      "the message has a comment, a processing instruction or a CDATA section"),
  ONE_ASSERTION(SamlRefusal.MALFORMED, "the message must have one assertion in its one place"),
  UNIQUE_IDS(SamlRefusal.MALFORMED, "an identifier is in the message twice"),
  SIGNATURE_PLACE(
      SamlRefusal.MALFORMED, "a signature must stand directly below what it signs and only there"),
  SHAPE(SamlRefusal.MALFORMED, "an element or attribute is unknown, missing or out of place"),

  // What is signed, and how.
  SIGNED(SamlRefusal.UNSIGNED, "neither the response nor the assertion is signed"),
  RESPONSE_SIGNED(SamlRefusal.UNSIGNED, "the response must be signed"),
  ASSERTION_SIGNED(SamlRefusal.UNSIGNED, "the assertion must be signed"),
  LOGOUT_SIGNED(SamlRefusal.UNSIGNED, "a logout message must be signed"),
  CANONICALIZATION(
      SamlRefusal.SIGNATURE,
      "the signature must be canonicalized exclusively and without comments"),
  SIGNATURE_ALGORITHM(SamlRefusal.WEAK, "the algorithm of the signature is not on the list"),
  ONE_REFERENCE(SamlRefusal.SIGNATURE, "the signature must have one reference"),
  REFERENCE_TARGET(SamlRefusal.SIGNATURE, "the signature must be of the element that it stands in"),
  TRANSFORMS(
      SamlRefusal.SIGNATURE,
      "the transforms must be enveloped signature and exclusive canonicalization"),
  DIGEST_ALGORITHM(SamlRefusal.WEAK, "the algorithm of the digest is not on the list"),
  KEY_STRENGTH(
      SamlRefusal.WEAK, "the identity provider's keys are too short: RSA 2048, EC 256 at least"),
  SIGNATURE_VALUE(
      SamlRefusal.SIGNATURE, "the signature is not by a key of this connection or is false"),
  DIGEST_VALUE(SamlRefusal.SIGNATURE, "what was signed has been changed"),

  // Encryption.
  ENCRYPTION_REQUIRED(SamlRefusal.ENCRYPTION, "the assertion must be encrypted"),
  ENCRYPTION_ALGORITHM(
      SamlRefusal.ENCRYPTION, "the assertion must be encrypted by AES-128-GCM or AES-256-GCM"),
  KEY_TRANSPORT(
      SamlRefusal.ENCRYPTION,
      "the key of the assertion must be encrypted by RSA-OAEP with SHA-1 or SHA-256"),
  ENCRYPTED_PARTS(
      SamlRefusal.ENCRYPTION,
      "an encrypted name or attribute is not read; encrypt the assertion as a whole"),

  // The response.
  VERSION(SamlRefusal.MALFORMED, "the version must be 2.0"),
  STATUS(SamlRefusal.STATUS, "the identity provider did not log anybody in"),
  RESPONSE_ISSUER(SamlRefusal.PARTY, "the message is not issued by this identity provider"),
  DESTINATION(SamlRefusal.PARTY, "the message was made for another address"),
  UNSOLICITED(SamlRefusal.REQUEST, "the message answers no request, and none was expected"),
  IN_RESPONSE_TO(SamlRefusal.REQUEST, "the message does not answer the request that was sent"),
  ISSUE_INSTANT(SamlRefusal.TIME, "the message is issued in the future"),

  // The assertion.
  ASSERTION_ISSUER(SamlRefusal.PARTY, "the assertion is not issued by this identity provider"),
  ASSERTION_ISSUE_INSTANT(SamlRefusal.TIME, "the assertion is issued in the future"),
  NAME_ID(SamlRefusal.SUBJECT, "the name of the subject is empty, too long or not printable"),
  BEARER(SamlRefusal.SUBJECT, "the subject has no confirmation of the method bearer"),
  RECIPIENT(SamlRefusal.PARTY, "the subject is confirmed to another recipient"),
  CONFIRMATION_IN_RESPONSE_TO(
      SamlRefusal.REQUEST, "the subject is not confirmed for the request that was sent"),
  CONFIRMATION_NOT_BEFORE(
      SamlRefusal.TIME,
      "the confirmation of a subject must not have a time from which it is valid"),
  CONFIRMATION_NOT_ON_OR_AFTER(
      SamlRefusal.TIME, "the confirmation of the subject has no end or is past it"),
  NOT_BEFORE(SamlRefusal.TIME, "the assertion is not valid yet or does not say from when"),
  NOT_ON_OR_AFTER(SamlRefusal.TIME, "the assertion is not valid any more or has no end"),
  AUDIENCE(SamlRefusal.PARTY, "the assertion is for another audience"),
  ONE_LOGIN(SamlRefusal.SUBJECT, "the assertion must have one statement of a login"),
  AUTHN_INSTANT(SamlRefusal.TIME, "the login is in the future"),
  LOGIN_AGE(SamlRefusal.TIME, "the login is too long ago"),
  SESSION_END(SamlRefusal.TIME, "the session of the identity provider has ended"),

  // Logout messages.
  LOGOUT_AGE(SamlRefusal.TIME, "the logout message is too old"),
  LOGOUT_NOT_ON_OR_AFTER(SamlRefusal.TIME, "the logout message is past its end");

  private final SamlRefusal refusal;
  private final String text;

  SamlCheck(SamlRefusal refusal, String text) {
    this.refusal = refusal;
    this.text = text;
  }

  SamlRefusal refusal() {
    return refusal;
  }

  String text() {
    return text;
  }
}
