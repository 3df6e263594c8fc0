package dev.saferun.auth.saml;

/** Why metadata of an identity provider is refused; each text is for the person who brought it. */
public enum MetadataRefusal {
  TOO_LARGE("the metadata has more than 1 MiB"),
  NOT_READABLE("the metadata is not well-formed XML 1.0 in UTF-8 without a document type"),
  NOT_METADATA("the document is not SAML 2.0 metadata"),
  NO_IDENTITY_PROVIDER("the metadata has no identity provider of SAML 2.0"),
  SEVERAL_IDENTITY_PROVIDERS(
      "the metadata has several identity providers; take that of the one that is meant"),
  ENTITY_ID("the metadata has no entity id, or one of more than 1024 characters"),
  EXPIRED("the metadata is past the time until which it is valid"),
  NO_SIGN_ON("the identity provider takes logins neither by HTTP-Redirect nor by HTTP-POST"),
  LOCATION("an address in the metadata is not an absolute URL of https"),
  NO_CERTIFICATE("the identity provider has no certificate for signing"),
  TOO_MANY_CERTIFICATES("the identity provider has more than 8 certificates for signing"),
  CERTIFICATE("a certificate in the metadata cannot be read"),
  KEY_STRENGTH("a key of the identity provider is too short: RSA 2048 or EC 256 is needed"),
  NOT_SIGNED("the metadata is not signed as a whole"),
  SIGNATURE("the signature of the metadata is false, by another key, or made in another way");

  private final String text;

  MetadataRefusal(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
