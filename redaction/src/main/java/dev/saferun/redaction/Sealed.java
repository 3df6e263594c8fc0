package dev.saferun.redaction;

import java.util.UUID;

/**
 * The originals that a document's tokens stand for, as ciphertext beside it. The document names the
 * hash of {@code box}, so what was sealed can be held to it for ever, also when the key is gone.
 *
 * @param keyId the organization's data key that {@code wrappedKey} is closed with
 * @param wrappedKey the key that this document's originals are closed with; without it they are
 *     gone
 * @param box each original by itself, bound to the organization, the record and its place
 */
public record Sealed(UUID keyId, byte[] wrappedKey, byte[] box) {

  /** What the document says of the box. */
  byte[] sha256() {
    return Sha256.of(box);
  }
}
