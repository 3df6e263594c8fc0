package dev.saferun.auth.saml;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;

/** The digests that a reference may have; one that is not here is refused. */
enum DigestAlgorithm {
  SHA_256("http://www.w3.org/2001/04/xmlenc#sha256", "SHA-256"),
  SHA_384("http://www.w3.org/2001/04/xmldsig-more#sha384", "SHA-384"),
  SHA_512("http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512");

  private final String uri;
  private final String java;

  DigestAlgorithm(String uri, String java) {
    this.uri = uri;
    this.java = java;
  }

  static Optional<DigestAlgorithm> of(String uri) {
    return Stream.of(values()).filter(one -> one.uri.equals(uri)).findFirst();
  }

  String uri() {
    return uri;
  }

  byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance(java).digest(content);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has the digests of SHA-2", never);
    }
  }
}
