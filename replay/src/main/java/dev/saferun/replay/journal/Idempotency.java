package dev.saferun.replay.journal;

/**
 * The client's idempotency key as a keyed hash, and the SHA-256 of the request that first used it.
 * They stand in the record itself, so that a retry after a crash finds the first answer.
 *
 * @param keyHash 32 bytes
 * @param bodySha256 32 bytes
 */
public record Idempotency(byte[] keyHash, byte[] bodySha256) {

  static final int HASH_BYTES = 32;

  public Idempotency {
    if (keyHash.length != HASH_BYTES || bodySha256.length != HASH_BYTES) {
      throw new IllegalArgumentException("both hashes are 32 bytes");
    }
  }
}
