package dev.saferun.auth.saml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says about itself.
 *
 * @param signOn where it takes requests, at least one
 * @param logout where it takes logout messages
 * @param certificates those it signs with, in the order of the document
 * @param validUntil when to have read it anew
 */
public record IdpMetadata(
    String entityId,
    List<SamlEndpoint> signOn,
    List<SamlEndpoint> logout,
    List<X509Certificate> certificates,
    @Nullable Instant validUntil) {

  public IdpMetadata {
    signOn = List.copyOf(signOn);
    logout = List.copyOf(logout);
    certificates = List.copyOf(certificates);
  }

  /** Reads a document that somebody vouches for: who brings it is trusted with it. */
  public static MetadataOutcome read(byte[] document, Instant now) {
    return MetadataReader.read(document, null, now);
  }

  /**
   * Reads a document that must be signed as a whole.
   *
   * @param signer whose signature is demanded; taken from elsewhere, never from the document
   */
  public static MetadataOutcome read(byte[] document, X509Certificate signer, Instant now) {
    return MetadataReader.read(document, signer, now);
  }

  /** As a connection needs it, by redirect where that is offered. */
  public IdentityProvider identityProvider() {
    return identityProvider(SamlBinding.REDIRECT);
  }

  /**
   * @param preferred taken where it is offered
   */
  public IdentityProvider identityProvider(SamlBinding preferred) {
    return new IdentityProvider(
        entityId,
        choose(signOn, preferred).orElseThrow(),
        choose(logout, preferred).orElse(null),
        certificates);
  }

  private static Optional<SamlEndpoint> choose(
      List<SamlEndpoint> endpoints, SamlBinding preferred) {
    return endpoints.stream()
        .filter(one -> one.binding() == preferred)
        .findFirst()
        .or(() -> endpoints.stream().findFirst());
  }
}
