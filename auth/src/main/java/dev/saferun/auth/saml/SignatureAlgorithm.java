package dev.saferun.auth.saml;

import java.security.Key;
import java.util.Optional;
import java.util.stream.Stream;

/** The algorithms that a signature may have; one that is not here is refused. */
enum SignatureAlgorithm {
  RSA_SHA256("rsa-sha256", "RSA", "SHA256withRSA"),
  RSA_SHA384("rsa-sha384", "RSA", "SHA384withRSA"),
  RSA_SHA512("rsa-sha512", "RSA", "SHA512withRSA"),
  ECDSA_SHA256("ecdsa-sha256", "EC", "SHA256withECDSAinP1363Format"),
  ECDSA_SHA384("ecdsa-sha384", "EC", "SHA384withECDSAinP1363Format"),
  ECDSA_SHA512("ecdsa-sha512", "EC", "SHA512withECDSAinP1363Format");

  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";

  private final String fragment;
  private final String keyType;
  private final String java;

  SignatureAlgorithm(String fragment, String keyType, String java) {
    this.fragment = fragment;
    this.keyType = keyType;
    this.java = java;
  }

  static Optional<SignatureAlgorithm> of(String uri) {
    return Stream.of(values()).filter(one -> one.uri().equals(uri)).findFirst();
  }

  /** The one that is signed with by a key of ours. */
  static SignatureAlgorithm of(Key key) {
    return key.getAlgorithm().equals("RSA") ? RSA_SHA256 : ECDSA_SHA256;
  }

  String uri() {
    return MORE + fragment;
  }

  boolean takes(Key key) {
    return key.getAlgorithm().equals(keyType);
  }

  /** Its name in Java, with the two numbers of ECDSA one behind the other as XML has them. */
  String java() {
    return java;
  }
}
