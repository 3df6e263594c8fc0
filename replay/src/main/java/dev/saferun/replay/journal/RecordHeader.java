package dev.saferun.replay.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of a record beside its body: enough to route it without parsing.
 *
 * @param recordId the decision's id, or the record's own where it is not a decision
 * @param receivedMicros wall time of the request, in microseconds since 1970; recorded, never used
 *     for order
 */
public record RecordHeader(
    RecordKind kind,
    UUID organization,
    UUID project,
    UUID environment,
    UUID recordId,
    long receivedMicros,
    @Nullable Idempotency idempotency) {}
