package dev.saferun.auth;

import java.time.Instant;
import java.util.Optional;

/** What a change of a key names; the rest stays. A revoked key stays revoked. */
public record KeyChange(Optional<String> name, boolean revoked, Optional<Instant> expiresAt) {}
