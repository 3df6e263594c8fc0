package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Shape.maybe;
import static dev.saferun.auth.saml.Shape.one;
import static dev.saferun.auth.saml.Shape.open;
import static dev.saferun.auth.saml.Shape.some;

/**
 * The grammar of what is read: the schemas of SAML 2.0, XML Signature and XML Encryption, less what
 * a login has no use for. Extensions, advice, keys in objects, conditions that are not known and
 * other statements are left out; a message that has them is refused.
 */
final class Shapes {

  private static final String NAME_ATTRIBUTES = "Format NameQualifier SPNameQualifier SPProvidedID";

  private static final Shape ISSUER = Shape.text(Names.ISSUER, NAME_ATTRIBUTES);
  private static final Shape NAME_ID = Shape.text(Names.NAME_ID, NAME_ATTRIBUTES);
  private static final Shape ENCRYPTED_ID = open(Names.ENCRYPTED_ID, "");

  private static final Shape INCLUSIVE_NAMESPACES =
      Shape.of(Names.INCLUSIVE_NAMESPACES, "PrefixList");

  private static final Shape KEY_INFO = open(Names.KEY_INFO, "Id");

  // The content of a transform is judged by the profile of the signature.
  private static final Shape REFERENCE =
      Shape.of(
          Names.REFERENCE,
          "Id URI Type",
          maybe(Shape.of(Names.TRANSFORMS, "", some(1, 8, open(Names.TRANSFORM, "Algorithm!")))),
          one(Shape.of(Names.DIGEST_METHOD, "Algorithm!")),
          one(Shape.text(Names.DIGEST_VALUE, "")));

  static final Shape SIGNED_INFO =
      Shape.of(
          Names.SIGNED_INFO,
          "Id",
          one(Shape.of(Names.CANONICALIZATION_METHOD, "Algorithm!", maybe(INCLUSIVE_NAMESPACES))),
          one(Shape.of(Names.SIGNATURE_METHOD, "Algorithm!")),
          some(1, 8, REFERENCE));

  static final Shape SIGNATURE =
      Shape.of(
          Names.SIGNATURE,
          "Id",
          one(SIGNED_INFO),
          one(Shape.text(new Name(Names.DSIG, "SignatureValue"), "Id")),
          maybe(KEY_INFO));

  private static final Shape CIPHER_DATA =
      Shape.of(
          new Name(Names.XENC, "CipherData"),
          "",
          one(Shape.text(new Name(Names.XENC, "CipherValue"), "")));

  private static final Shape ENCRYPTED_KEY =
      Shape.of(
          Names.ENCRYPTED_KEY,
          "Id Recipient Type",
          one(
              Shape.of(
                  Names.ENCRYPTION_METHOD,
                  "Algorithm!",
                  some(
                      0,
                      2,
                      Shape.of(Names.DIGEST_METHOD, "Algorithm!"),
                      Shape.of(Names.MGF, "Algorithm!")))),
          maybe(KEY_INFO),
          one(CIPHER_DATA),
          maybe(open(new Name(Names.XENC, "ReferenceList"), "")),
          maybe(Shape.text(new Name(Names.XENC, "CarriedKeyName"), "")));

  private static final Shape KEYS_OF_DATA =
      Shape.of(
          Names.KEY_INFO,
          "Id",
          some(
              0,
              4,
              ENCRYPTED_KEY,
              open(new Name(Names.DSIG, "RetrievalMethod"), "URI Type"),
              Shape.text(new Name(Names.DSIG, "KeyName"), ""),
              open(Names.X509_DATA, "")));

  private static final Shape ENCRYPTED_ASSERTION =
      Shape.of(
          Names.ENCRYPTED_ASSERTION,
          "",
          one(
              Shape.of(
                  Names.ENCRYPTED_DATA,
                  "Id Type MimeType Encoding",
                  one(Shape.of(Names.ENCRYPTION_METHOD, "Algorithm!")),
                  maybe(KEYS_OF_DATA),
                  one(CIPHER_DATA))),
          some(0, 4, ENCRYPTED_KEY));

  private static final Shape SUBJECT =
      Shape.of(
          Names.SUBJECT,
          "",
          one(NAME_ID, ENCRYPTED_ID),
          some(
              1,
              4,
              Shape.of(
                  Names.CONFIRMATION,
                  "Method!",
                  maybe(
                      Shape.of(
                          Names.CONFIRMATION_DATA,
                          "NotBefore NotOnOrAfter Recipient InResponseTo Address xsi:type",
                          some(0, 2, KEY_INFO))))));

  private static final Shape AUDIENCE = Shape.text(Names.AUDIENCE, "");

  private static final Shape CONDITIONS =
      Shape.of(
          Names.CONDITIONS,
          "NotBefore NotOnOrAfter",
          some(
              0,
              8,
              Shape.of(Names.AUDIENCE_RESTRICTION, "", some(1, 64, AUDIENCE)),
              Shape.of(new Name(Names.SAML, "OneTimeUse"), ""),
              Shape.of(new Name(Names.SAML, "ProxyRestriction"), "Count", some(0, 64, AUDIENCE))));

  private static final Shape AUTHN_STATEMENT =
      Shape.of(
          Names.AUTHN_STATEMENT,
          "AuthnInstant! SessionIndex SessionNotOnOrAfter",
          maybe(Shape.of(new Name(Names.SAML, "SubjectLocality"), "Address DNSName")),
          one(
              Shape.of(
                  new Name(Names.SAML, "AuthnContext"),
                  "",
                  maybe(Shape.text(new Name(Names.SAML, "AuthnContextClassRef"), "")),
                  maybe(Shape.text(new Name(Names.SAML, "AuthnContextDeclRef"), "")),
                  some(0, 8, Shape.text(new Name(Names.SAML, "AuthenticatingAuthority"), "")))));

  private static final Shape ATTRIBUTE_STATEMENT =
      Shape.of(
          Names.ATTRIBUTE_STATEMENT,
          "",
          some(
              1,
              512,
              Shape.of(
                  Names.ATTRIBUTE,
                  "Name! NameFormat FriendlyName " + Shape.FOREIGN,
                  some(
                      0,
                      8_192,
                      Shape.text(Names.ATTRIBUTE_VALUE, "xsi:type xsi:nil", maybe(NAME_ID)))),
              open(Names.ENCRYPTED_ATTRIBUTE, "")));

  static final Shape ASSERTION =
      Shape.of(
          Names.ASSERTION,
          "ID! Version! IssueInstant!",
          one(ISSUER),
          maybe(SIGNATURE),
          one(SUBJECT),
          maybe(CONDITIONS),
          some(1, 8, AUTHN_STATEMENT, ATTRIBUTE_STATEMENT));

  // Two levels of codes are in use; the specification sets no end.
  private static final Shape STATUS_CODE =
      Shape.of(
          Names.STATUS_CODE,
          "Value!",
          maybe(
              Shape.of(Names.STATUS_CODE, "Value!", maybe(Shape.of(Names.STATUS_CODE, "Value!")))));

  private static final Shape STATUS =
      Shape.of(
          Names.STATUS,
          "",
          one(STATUS_CODE),
          maybe(Shape.text(Names.STATUS_MESSAGE, "")),
          maybe(open(Names.STATUS_DETAIL, "")));

  private static final String MESSAGE_ATTRIBUTES =
      "ID! Version! IssueInstant! Destination Consent ";

  static final Shape RESPONSE =
      Shape.of(
          Names.RESPONSE,
          MESSAGE_ATTRIBUTES + "InResponseTo",
          maybe(ISSUER),
          maybe(SIGNATURE),
          one(STATUS),
          some(0, 4, ASSERTION, ENCRYPTED_ASSERTION));

  static final Shape LOGOUT_REQUEST =
      Shape.of(
          Names.LOGOUT_REQUEST,
          MESSAGE_ATTRIBUTES + "Reason NotOnOrAfter",
          maybe(ISSUER),
          maybe(SIGNATURE),
          one(NAME_ID, ENCRYPTED_ID),
          some(0, 64, Shape.text(Names.SESSION_INDEX, "")));

  static final Shape LOGOUT_RESPONSE =
      Shape.of(
          Names.LOGOUT_RESPONSE,
          MESSAGE_ATTRIBUTES + "InResponseTo",
          maybe(ISSUER),
          maybe(SIGNATURE),
          one(STATUS));

  private Shapes() {}
}
