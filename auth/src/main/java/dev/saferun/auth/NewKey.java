package dev.saferun.auth;

import java.time.Instant;
import java.util.Optional;

/** What a key to be made is called, and until when it opens anything. */
public record NewKey(String name, Optional<Instant> expiresAt) {}
