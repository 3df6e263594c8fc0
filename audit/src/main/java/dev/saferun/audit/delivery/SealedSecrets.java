package dev.saferun.audit.delivery;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.StrictJson;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The credentials of destinations, sealed with their organization's data key. */
@Singleton
class SealedSecrets {

  private final DataKeys keys;

  SealedSecrets(DataKeys keys) {
    this.keys = keys;
  }

  /** Sealed bytes that open for this destination alone; null where there are none. */
  CompletionStage<byte @Nullable []> seal(
      UUID organizationId, UUID destinationId, Map<String, String> secrets) {
    return secrets.isEmpty()
        ? CompletableFuture.completedStage(null)
        : keys.fetch(organizationId)
            .thenApply(
                key ->
                    Envelope.seal(
                        key, CanonicalJson.write(secrets), bound(organizationId, destinationId)));
  }

  CompletionStage<Map<String, String>> open(Destination destination) {
    byte[] sealed = destination.sealedSecrets();
    if (sealed == null) {
      return CompletableFuture.completedStage(Map.of());
    }
    return keys.find(destination.organizationId(), Envelope.keyId(sealed))
        .thenApply(
            key ->
                read(
                    Envelope.open(
                        key.orElseThrow(
                            () -> new IllegalStateException("the data key of a secret is gone")),
                        sealed,
                        bound(destination.organizationId(), destination.id()))));
  }

  private static Map<String, String> read(byte[] json) {
    Map<String, String> secrets = new LinkedHashMap<>();
    StrictJson.parseObject(json).forEach((name, value) -> secrets.put(name, String.valueOf(value)));
    return secrets;
  }

  private static byte[] bound(UUID organizationId, UUID destinationId) {
    return ("audit.destination/" + organizationId + "/" + destinationId)
        .getBytes(StandardCharsets.UTF_8);
  }
}
