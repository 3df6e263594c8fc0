package dev.saferun.auth.oidc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's word that sessions have ended: the one named, or all of the subject where none is.
 *
 * @param subject whose, or null where the session says it
 * @param sessionId which, or null for all of the subject
 * @param id unique for its issuer; a second token with it is a replay
 * @param rememberUntil from then on a replay is refused for its age
 */
public record OidcLogoutToken(
    String issuer,
    @Nullable String subject,
    @Nullable String sessionId,
    String id,
    Instant rememberUntil) {}
