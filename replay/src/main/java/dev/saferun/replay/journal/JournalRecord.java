package dev.saferun.replay.journal;

import dev.saferun.redaction.Redacted;

/** One thing to keep: the header, and a body that only redaction can have made. */
public record JournalRecord(RecordHeader header, Redacted body) {}
