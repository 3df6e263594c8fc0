package dev.saferun.auth.keys;

import dev.saferun.platform.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not revoked, as the index holds it.
 *
 * @param use what this node saw of it; outlives a re-reading of the rest
 */
public record KeyEntry(KeyHash hash, Actor actor, @Nullable Instant expiresAt, KeyUse use) {

  boolean isExpired(long nowMillis) {
    return expiresAt != null && expiresAt.toEpochMilli() <= nowMillis;
  }
}
