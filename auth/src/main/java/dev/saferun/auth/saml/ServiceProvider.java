package dev.saferun.auth.saml;

import java.util.List;

/**
 * This appliance as the identity provider sees it, for one connection.
 *
 * @param entityId its name, a URI; one for each connection, so that what was issued for one
 *     organization is of no use at another
 * @param assertionConsumer the URL at which responses come in
 * @param singleLogout the URL at which logout messages come in
 * @param signingKeys newest first: the first signs, all are published
 * @param decryptionKeys newest first, all are tried and published; none where the identity provider
 *     does not encrypt
 */
public record ServiceProvider(
    String entityId,
    String assertionConsumer,
    String singleLogout,
    List<SamlKeyPair> signingKeys,
    List<SamlKeyPair> decryptionKeys) {

  public ServiceProvider {
    signingKeys = List.copyOf(signingKeys);
    decryptionKeys = List.copyOf(decryptionKeys);
    if (entityId.isBlank() || entityId.length() > SamlLimits.ENTITY_ID_CHARACTERS_MAX) {
      throw new IllegalArgumentException("an entity id has from 1 to 1024 characters");
    }
    if (!SamlEndpoint.isUrl(assertionConsumer) || !SamlEndpoint.isUrl(singleLogout)) {
      throw new IllegalArgumentException("the addresses must be absolute URLs of http or https");
    }
    if (signingKeys.isEmpty()) {
      throw new IllegalArgumentException("a key for signing is needed");
    }
    if (decryptionKeys.stream().anyMatch(key -> !KeyStrength.isRsa(key.certificate()))) {
      throw new IllegalArgumentException("a key for decryption must be one of RSA");
    }
  }
}
