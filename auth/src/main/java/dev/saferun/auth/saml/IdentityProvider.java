package dev.saferun.auth.saml;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The customer's identity provider.
 *
 * @param entityId its name: every message must be issued by it
 * @param singleLogout absent where it has no single logout
 * @param certificates those it may sign with; two or more while it changes keys
 */
public record IdentityProvider(
    String entityId,
    SamlEndpoint singleSignOn,
    @Nullable SamlEndpoint singleLogout,
    List<X509Certificate> certificates) {

  public IdentityProvider {
    certificates = List.copyOf(certificates);
    if (entityId.isBlank() || entityId.length() > SamlLimits.ENTITY_ID_CHARACTERS_MAX) {
      throw new IllegalArgumentException("an entity id has from 1 to 1024 characters");
    }
    if (certificates.isEmpty() || certificates.size() > SamlLimits.CERTIFICATES_MAX) {
      throw new IllegalArgumentException("from 1 to 8 certificates are needed");
    }
  }
}
