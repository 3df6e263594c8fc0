package dev.saferun.auth.ticket;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A browser in which a member signed in.
 *
 * @param connectionId by which; null for the break-glass account
 * @param address from which
 */
public record Session(
    UUID id,
    UUID memberId,
    @Nullable UUID connectionId,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt,
    String address,
    String userAgent) {}
