package dev.saferun.replay.journal;

/**
 * A durable record read back.
 *
 * @param position unique and rising by one from record to record, for ever
 * @param body the redacted canonical bytes, as they were appended
 * @param bodySha256 their SHA-256, as it was when they were appended
 */
public record JournalEntry(long position, RecordHeader header, byte[] body, byte[] bodySha256) {}
