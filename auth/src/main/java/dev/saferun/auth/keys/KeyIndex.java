package dev.saferun.auth.keys;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every key that opens something, by its hash: one immutable map, swapped whole for each change. A
 * look-up takes no lock and waits for nothing.
 */
@Singleton
public final class KeyIndex {

  private final KeyHasher hasher;
  private final InstantSource clock;
  // The latest time seen. Expiry compares with this, so a clock set back revives no key.
  private final AtomicLong latestMillis = new AtomicLong();
  private volatile Map<KeyHash, KeyEntry> byHash = Map.of();

  public KeyIndex(KeyHasher hasher, InstantSource clock) {
    this.hasher = hasher;
    this.clock = clock;
  }

  /** The entry of a key that is good now. */
  public Optional<KeyEntry> find(String key) {
    if (!KeyText.isWellFormed(key)) {
      return Optional.empty();
    }
    KeyEntry entry = byHash.get(hasher.hash(key));
    if (entry == null) {
      return Optional.empty();
    }
    long now = nowMillis();
    if (entry.isExpired(now)) {
      return Optional.empty();
    }
    entry.use().used(now);
    return Optional.of(entry);
  }

  /** Puts these in the place of everything that was known of the organization. */
  public synchronized void swap(UUID organizationId, List<KeyEntry> entries) {
    Map<KeyHash, KeyEntry> before = byHash;
    Map<KeyHash, KeyEntry> next = new HashMap<>(before);
    next.values().removeIf(entry -> entry.actor().organizationId().equals(organizationId));
    for (KeyEntry entry : entries) {
      KeyEntry known = before.get(entry.hash());
      KeyUse use = known == null ? entry.use() : known.use();
      next.put(entry.hash(), new KeyEntry(entry.hash(), entry.actor(), entry.expiresAt(), use));
    }
    byHash = Map.copyOf(next);
  }

  /** Puts back what was in force before the start; nothing was read by then. */
  public synchronized void restore(List<KeyEntry> entries) {
    Map<KeyHash, KeyEntry> restored = new HashMap<>();
    entries.forEach(entry -> restored.put(entry.hash(), entry));
    byHash = Map.copyOf(restored);
  }

  /** Forgets the keys of all other organizations. */
  public synchronized void retain(Set<UUID> organizationIds) {
    Map<KeyHash, KeyEntry> next = new HashMap<>(byHash);
    next.values().removeIf(entry -> !organizationIds.contains(entry.actor().organizationId()));
    byHash = Map.copyOf(next);
  }

  public Collection<KeyEntry> entries() {
    return byHash.values();
  }

  private long nowMillis() {
    long now = clock.millis();
    long latest = latestMillis.get();
    while (now > latest && !latestMillis.compareAndSet(latest, now)) {
      latest = latestMillis.get();
    }
    return Math.max(now, latest);
  }
}
