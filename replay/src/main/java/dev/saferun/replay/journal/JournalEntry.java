package dev.saferun.replay.journal;

import dev.saferun.redaction.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * A durable record read back.
 *
 * @param position unique and rising by one from record to record, for ever
 * @param body the redacted canonical bytes, as they were appended
 * @param bodySha256 their SHA-256, as it was when they were appended
 * @param sealed the originals that were sealed of it; null where none were
 */
public record JournalEntry(
    long position, RecordHeader header, byte[] body, byte[] bodySha256, @Nullable Sealed sealed) {}
