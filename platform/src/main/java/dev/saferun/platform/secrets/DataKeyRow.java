package dev.saferun.platform.secrets;

import dev.saferun.platform.KeyKeeper.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A data key as it is stored. */
record DataKeyRow(UUID id, int number, WrappedKey wrapped, Instant createdAt) {

  /** What a data key is wrapped for: this organization's key of this id, and nothing else. */
  static byte[] context(UUID organizationId, UUID keyId) {
    return ("saferun/data-key/v1/" + organizationId + "/" + keyId)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
