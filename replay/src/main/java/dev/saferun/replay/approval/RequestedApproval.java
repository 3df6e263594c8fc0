package dev.saferun.replay.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the frame of a held call says of its approval.
 *
 * @param tool null where redaction took it
 */
public record RequestedApproval(
    UUID projectId,
    UUID environmentId,
    UUID decisionId,
    String runId,
    long frame,
    @Nullable String tool,
    byte[] callHash,
    Instant createdAt,
    Instant expiresAt) {}
