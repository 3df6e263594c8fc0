package dev.saferun.platform;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Small secrets, such as credentials, sealed with the data key of their organization. */
@Singleton
public final class SealedTexts {

  private final DataKeys keys;

  public SealedTexts(DataKeys keys) {
    this.keys = keys;
  }

  /**
   * Sealed bytes; null where there is nothing to seal.
   *
   * @param place where they are kept, such as {@code audit.destination/ORGANIZATION/ID}; they open
   *     for no other
   */
  public CompletionStage<byte @Nullable []> seal(
      UUID organizationId, String place, Map<String, String> texts) {
    return texts.isEmpty()
        ? CompletableFuture.completedStage(null)
        : keys.fetch(organizationId)
            .thenApply(key -> Envelope.seal(key, CanonicalJson.write(texts), bound(place)));
  }

  /** The texts; none where nothing was sealed. */
  public CompletionStage<Map<String, String>> open(
      UUID organizationId, String place, byte @Nullable [] sealed) {
    if (sealed == null) {
      return CompletableFuture.completedStage(Map.of());
    }
    return keys.find(organizationId, Envelope.keyId(sealed))
        .thenApply(
            key ->
                read(
                    Envelope.open(
                        key.orElseThrow(
                            () -> new IllegalStateException("the data key of a secret is gone")),
                        sealed,
                        bound(place))));
  }

  private static Map<String, String> read(byte[] json) {
    Map<String, String> texts = new LinkedHashMap<>();
    StrictJson.parseObject(json).forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static byte[] bound(String place) {
    return place.getBytes(StandardCharsets.UTF_8);
  }
}
