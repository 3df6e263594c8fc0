package dev.saferun.redaction;

import dev.saferun.platform.DataKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose document is redacted, and which.
 *
 * @param recordId the document's own id; what is sealed can be opened as a part of it only
 * @param key the organization's data key; null where none is there, and then nothing is sealed
 */
public record Subject(UUID organizationId, UUID recordId, @Nullable DataKey key) {

  /** What ties the document's key to it. */
  byte[] bound() {
    return bytes(organizationId, recordId, "");
  }

  /** What ties an original to its place in the document. */
  static byte[] bound(UUID organizationId, UUID recordId, String path) {
    return bytes(organizationId, recordId, path);
  }

  private static byte[] bytes(UUID organizationId, UUID recordId, String path) {
    byte[] place = path.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 * Long.BYTES + place.length)
        .putLong(organizationId.getMostSignificantBits())
        .putLong(organizationId.getLeastSignificantBits())
        .putLong(recordId.getMostSignificantBits())
        .putLong(recordId.getLeastSignificantBits())
        .put(place)
        .array();
  }
}
