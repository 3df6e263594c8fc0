package dev.saferun.auth.ticket;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that is to begin.
 *
 * @param subject what the identity provider calls the person; for its logout
 * @param providerSession what the identity provider calls its own session; for its logout
 * @param logoutHint what the provider is shown at the sign-out: an ID token, or a name; null for
 *     nothing
 */
public record NewSession(
    UUID memberId,
    @Nullable UUID connectionId,
    @Nullable String subject,
    @Nullable String providerSession,
    @Nullable String logoutHint,
    String address,
    String userAgent) {}
