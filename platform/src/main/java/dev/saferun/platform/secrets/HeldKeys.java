package dev.saferun.platform.secrets;

import dev.saferun.platform.DataKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that are in the clear, each for a bounded time since it was unwrapped. A key is no
 * longer given out a little before its time is over, and is overwritten when it is: whoever got it
 * in the last moment still seals with it.
 */
final class HeldKeys {

  /**
   * A key that was just unwrapped.
   *
   * @param number which of the organization's keys it is, from 1
   * @param bytes becomes this cache's own
   */
  record Unwrapped(UUID id, int number, Instant madeAt, byte[] bytes) {

    /** Without the bytes. */
    @Override
    public String toString() {
      return "Unwrapped[" + id + "]";
    }
  }

  private record Held(
      DataKey key, WipeableKey bytes, int number, Instant madeAt, long unwrappedAt) {}

  private record Of(UUID organizationId, UUID keyId) {}

  private record Leaving(WipeableKey bytes, long wipeAt) {}

  /** Retired keys in memory; beyond it one makes room. */
  private static final int OLDER_MAX = 10_000;

  private static final Duration GRACE_MAX = Duration.ofSeconds(5);
  private static final int GRACE_PART = 10;

  /** After this part of its life a key is unwrapped again: the rest outlasts a keeper's outage. */
  private static final int REFRESH_PART = 3;

  private final LongSupplier nanoTime;
  private final long lifeNanos;
  private final long usableNanos;
  private final Map<UUID, Held> newest = new ConcurrentHashMap<>();
  private final Map<Of, Held> older = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private final Queue<Leaving> leaving = new ConcurrentLinkedQueue<>();

  HeldKeys(Duration life, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lifeNanos = life.toNanos();
    this.usableNanos = lifeNanos - Math.min(GRACE_MAX.toNanos(), lifeNanos / GRACE_PART);
  }

  Optional<DataKey> current(UUID organizationId) {
    Held held = newest.get(organizationId);
    return held == null || isOver(held) ? Optional.empty() : Optional.of(held.key);
  }

  Optional<DataKey> find(UUID organizationId, UUID keyId) {
    Held held = newest.get(organizationId);
    if (held == null || !held.key.id().equals(keyId)) {
      held = older.get(new Of(organizationId, keyId));
    }
    return held == null || isOver(held) ? Optional.empty() : Optional.of(held.key);
  }

  /** Takes the organization's newest key, unless a newer one came meanwhile; returns the newest. */
  DataKey putNewest(UUID organizationId, Unwrapped fresh) {
    return newest.compute(organizationId, (id, held) -> newer(organizationId, held, fresh)).key;
  }

  private Held newer(UUID organizationId, @Nullable Held held, Unwrapped fresh) {
    if (held == null) {
      return hold(fresh);
    }
    if (held.number > fresh.number) {
      putOlder(organizationId, fresh);
      return held;
    }
    if (!held.key.id().equals(fresh.id)) {
      older.put(new Of(organizationId, held.key.id()), held);
      return hold(fresh);
    }
    return again(held, fresh);
  }

  /** Takes a key that is not the newest. */
  DataKey putOlder(UUID organizationId, Unwrapped fresh) {
    makeRoom();
    return older.compute(
            new Of(organizationId, fresh.id),
            (id, held) -> held == null ? hold(fresh) : again(held, fresh))
        .key;
  }

  private Held hold(Unwrapped fresh) {
    WipeableKey bytes = new WipeableKey(fresh.bytes);
    if (closed) {
      bytes.destroy();
    }
    return new Held(
        new DataKey(fresh.id, bytes), bytes, fresh.number, fresh.madeAt, nanoTime.getAsLong());
  }

  /** The same key unwrapped again: the one in use goes on, unless its time is over. */
  private Held again(Held held, Unwrapped fresh) {
    if (isOver(held)) {
      leave(held);
      return hold(fresh);
    }
    new WipeableKey(fresh.bytes).destroy();
    return new Held(held.key, held.bytes, held.number, held.madeAt, nanoTime.getAsLong());
  }

  private void makeRoom() {
    Iterator<Held> all = older.values().iterator();
    while (older.size() >= OLDER_MAX && all.hasNext()) {
      leave(all.next());
      all.remove();
    }
  }

  boolean isDue(UUID organizationId) {
    Held held = newest.get(organizationId);
    return held == null || age(held) >= lifeNanos / REFRESH_PART;
  }

  /** Lets go what is over and overwrites what went; called often. */
  void expire() {
    expire(newest);
    expire(older);
    long now = nanoTime.getAsLong();
    leaving.removeIf(
        one -> {
          boolean over = now - one.wipeAt >= 0;
          if (over) {
            one.bytes.destroy();
          }
          return over;
        });
  }

  private <K> void expire(Map<K, Held> keys) {
    keys.keySet()
        .forEach(
            key -> keys.computeIfPresent(key, (same, held) -> isOver(held) ? leave(held) : held));
  }

  private @Nullable Held leave(Held held) {
    leaving.add(new Leaving(held.bytes, held.unwrappedAt + lifeNanos));
    return null;
  }

  /** Overwrites everything, and what still comes too. */
  void close() {
    closed = true;
    clear();
  }

  /** Overwrites everything. */
  void clear() {
    newest.values().forEach(held -> held.bytes.destroy());
    older.values().forEach(held -> held.bytes.destroy());
    leaving.forEach(one -> one.bytes.destroy());
    newest.clear();
    older.clear();
    leaving.clear();
  }

  int size() {
    return newest.size();
  }

  Duration oldestInMemory() {
    return Duration.ofNanos(newest.values().stream().mapToLong(this::age).max().orElse(0));
  }

  /** How old the oldest of the newest keys is. */
  Duration oldestKey(Instant now) {
    return newest.values().stream()
        .map(held -> Duration.between(held.madeAt, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private boolean isOver(Held held) {
    return age(held) >= usableNanos;
  }

  private long age(Held held) {
    return nanoTime.getAsLong() - held.unwrappedAt;
  }
}
