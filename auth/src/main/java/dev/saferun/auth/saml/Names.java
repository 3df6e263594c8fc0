package dev.saferun.auth.saml;

/** The names and identifiers of the specifications. */
final class Names {

  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
  static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
  static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
  static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
  static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

  static final Name RESPONSE = new Name(PROTOCOL, "Response");
  static final Name AUTHN_REQUEST = new Name(PROTOCOL, "AuthnRequest");
  static final Name LOGOUT_REQUEST = new Name(PROTOCOL, "LogoutRequest");
  static final Name LOGOUT_RESPONSE = new Name(PROTOCOL, "LogoutResponse");
  static final Name STATUS = new Name(PROTOCOL, "Status");
  static final Name STATUS_CODE = new Name(PROTOCOL, "StatusCode");
  static final Name STATUS_MESSAGE = new Name(PROTOCOL, "StatusMessage");
  static final Name STATUS_DETAIL = new Name(PROTOCOL, "StatusDetail");
  static final Name SESSION_INDEX = new Name(PROTOCOL, "SessionIndex");

  static final Name ASSERTION = new Name(SAML, "Assertion");
  static final Name ENCRYPTED_ASSERTION = new Name(SAML, "EncryptedAssertion");
  static final Name ISSUER = new Name(SAML, "Issuer");
  static final Name SUBJECT = new Name(SAML, "Subject");
  static final Name NAME_ID = new Name(SAML, "NameID");
  static final Name ENCRYPTED_ID = new Name(SAML, "EncryptedID");
  static final Name CONFIRMATION = new Name(SAML, "SubjectConfirmation");
  static final Name CONFIRMATION_DATA = new Name(SAML, "SubjectConfirmationData");
  static final Name CONDITIONS = new Name(SAML, "Conditions");
  static final Name AUDIENCE_RESTRICTION = new Name(SAML, "AudienceRestriction");
  static final Name AUDIENCE = new Name(SAML, "Audience");
  static final Name AUTHN_STATEMENT = new Name(SAML, "AuthnStatement");
  static final Name ATTRIBUTE_STATEMENT = new Name(SAML, "AttributeStatement");
  static final Name ATTRIBUTE = new Name(SAML, "Attribute");
  static final Name ATTRIBUTE_VALUE = new Name(SAML, "AttributeValue");
  static final Name ENCRYPTED_ATTRIBUTE = new Name(SAML, "EncryptedAttribute");

  static final Name SIGNATURE = new Name(DSIG, "Signature");
  static final Name SIGNED_INFO = new Name(DSIG, "SignedInfo");
  static final Name CANONICALIZATION_METHOD = new Name(DSIG, "CanonicalizationMethod");
  static final Name SIGNATURE_METHOD = new Name(DSIG, "SignatureMethod");
  static final Name REFERENCE = new Name(DSIG, "Reference");
  static final Name TRANSFORMS = new Name(DSIG, "Transforms");
  static final Name TRANSFORM = new Name(DSIG, "Transform");
  static final Name DIGEST_METHOD = new Name(DSIG, "DigestMethod");
  static final Name DIGEST_VALUE = new Name(DSIG, "DigestValue");
  static final Name KEY_INFO = new Name(DSIG, "KeyInfo");
  static final Name X509_DATA = new Name(DSIG, "X509Data");
  static final Name X509_CERTIFICATE = new Name(DSIG, "X509Certificate");
  static final Name INCLUSIVE_NAMESPACES = new Name(EXCLUSIVE, "InclusiveNamespaces");

  static final Name ENCRYPTED_DATA = new Name(XENC, "EncryptedData");
  static final Name ENCRYPTED_KEY = new Name(XENC, "EncryptedKey");
  static final Name ENCRYPTION_METHOD = new Name(XENC, "EncryptionMethod");
  static final Name MGF = new Name(XENC11, "MGF");

  static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
  static final String PARTIAL_LOGOUT = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";
  static final String RESPONDER = "urn:oasis:names:tc:SAML:2.0:status:Responder";
  static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  static final String VERSION = "2.0";

  private Names() {}
}
