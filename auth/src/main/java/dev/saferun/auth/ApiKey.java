package dev.saferun.auth;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a key: everything but the key.
 *
 * @param hint the key's first and last characters, to tell two keys apart by eye
 * @param createdBy the name of the actor that made it
 * @param lastUsedAt to the minute; null when it was never used
 */
public record ApiKey(
    UUID id,
    Scope scope,
    Actor.Kind kind,
    String name,
    String hint,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {}
