package dev.saferun.redaction;

import org.jspecify.annotations.Nullable;

/**
 * A document that may be kept: its canonical JSON after redaction, and the SHA-256 of those bytes.
 * Only {@link Redactor} makes one, from a tree in memory, and the journal and the store accept
 * nothing else, so that raw data cannot reach the disk by oversight.
 *
 * <p>There is no way from bytes back to this type. A hash that fits says that bytes are whole, not
 * that they were ever redacted; so what the journal reads back is a type of its own, which only its
 * reader makes.
 */
public final class Redacted {

  private final byte[] bytes;
  private final byte[] sha256;
  private final int redactions;
  private final @Nullable Sealed sealed;

  Redacted(byte[] bytes, int redactions, @Nullable Sealed sealed) {
    this.sealed = sealed;
    this.bytes = bytes;
    this.sha256 = Sha256.of(bytes);
    this.redactions = redactions;
  }

  /** The canonical bytes; not a copy, and not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Their SHA-256; not a copy. */
  public byte[] sha256() {
    return sha256;
  }

  /** The originals that were sealed; null where none were. */
  public @Nullable Sealed sealed() {
    return sealed;
  }

  /** How many values and names were replaced. */
  public int redactions() {
    return redactions;
  }
}
