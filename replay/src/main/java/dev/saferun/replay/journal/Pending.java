package dev.saferun.replay.journal;

import dev.saferun.redaction.Sealed;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the disk, and the promise of its outcome. Outside of this package only
 * {@link Journal#append(JournalRecord)} makes one, so the body is always redacted.
 */
final class Pending extends CompletableFuture<Appended> {

  private final RecordHeader header;
  private final byte[] body;
  private final byte[] bodySha256;
  private final @Nullable Sealed sealed;
  private final int paddedBytes;

  Pending(RecordHeader header, byte[] body, byte[] bodySha256, @Nullable Sealed sealed) {
    this.sealed = sealed;
    this.header = header;
    this.body = body;
    this.bodySha256 = bodySha256;
    this.paddedBytes = RecordFormat.paddedBytes(header, contentBytes());
  }

  RecordHeader header() {
    return header;
  }

  byte[] body() {
    return body;
  }

  byte[] bodySha256() {
    return bodySha256;
  }

  @Nullable Sealed sealed() {
    return sealed;
  }

  /** What the record holds beside its header. */
  int contentBytes() {
    return body.length + RecordFormat.sealedBytes(sealed);
  }

  int paddedBytes() {
    return paddedBytes;
  }
}
