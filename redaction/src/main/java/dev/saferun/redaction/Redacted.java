package dev.saferun.redaction;

/**
 * A document that may be kept: its canonical JSON after redaction, and the SHA-256 of those bytes.
 * Only this module can make one, and the journal and the store accept nothing else, so that raw
 * data cannot reach the disk by oversight.
 */
public final class Redacted {

  private final byte[] bytes;
  private final byte[] sha256;

  Redacted(byte[] bytes, byte[] sha256) {
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** The canonical bytes; not a copy, and not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Their SHA-256; not a copy. */
  public byte[] sha256() {
    return sha256;
  }
}
