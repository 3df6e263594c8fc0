package dev.saferun.auth.saml;

/**
 * One organization's trust in one identity provider. Whoever reads a message chooses the connection
 * by the address at which the message arrived.
 */
public record SamlConnection(
    ServiceProvider serviceProvider,
    IdentityProvider identityProvider,
    SamlPolicy policy,
    AttributeNames attributes) {

  public SamlConnection {
    if (policy.wantsEncryption() && serviceProvider.decryptionKeys().isEmpty()) {
      throw new IllegalArgumentException("to demand encryption a key for decryption is needed");
    }
  }
}
