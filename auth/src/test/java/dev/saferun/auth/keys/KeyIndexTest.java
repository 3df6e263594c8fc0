package dev.saferun.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Scope;
import dev.saferun.platform.SecretKeyring;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final KeyHasher hasher = new KeyHasher(SecretKeyring.of(new byte[32]));
  private final KeyIndex index = new KeyIndex(hasher, now::get);
  private final String key = KeyText.random(KeyText.ADMIN);

  @Test
  void findsTheOwnerOfAKey() {
    KeyEntry entry = entry(key, UUID.randomUUID(), null);
    index.swap(entry.actor().organizationId(), List.of(entry));

    assertThat(index.find(key)).map(KeyEntry::actor).contains(entry.actor());
    assertThat(index.find(KeyText.random(KeyText.ADMIN))).isEmpty();
    assertThat(index.find("nonsense")).isEmpty();
  }

  @Test
  void anotherKeyringMakesAnotherHash() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new KeyHasher(SecretKeyring.of(other)).hash(key)).isNotEqualTo(hasher.hash(key));
    assertThat(KeyHash.of(hasher.hash(key).bytes())).isEqualTo(hasher.hash(key));
  }

  @Test
  void anExpiredKeyStaysExpiredWhenTheClockIsSetBack() {
    KeyEntry entry = entry(key, UUID.randomUUID(), NOON.plusSeconds(60));
    index.swap(entry.actor().organizationId(), List.of(entry));
    assertThat(index.find(key)).isPresent();

    now.set(NOON.plusSeconds(60));
    assertThat(index.find(key)).isEmpty();
    now.set(NOON);
    assertThat(index.find(key)).isEmpty();
  }

  @Test
  void aSwapTouchesOneOrganizationAndKeepsWhatWasSeenOfItsKeys() {
    String otherKey = KeyText.random(KeyText.ADMIN);
    KeyEntry one = entry(key, UUID.randomUUID(), null);
    KeyEntry other = entry(otherKey, UUID.randomUUID(), null);
    index.swap(one.actor().organizationId(), List.of(one));
    index.swap(other.actor().organizationId(), List.of(other));
    KeyUse use = index.find(key).orElseThrow().use();

    index.swap(
        one.actor().organizationId(),
        List.of(new KeyEntry(one.hash(), one.actor(), null, new KeyUse(0))));
    assertThat(index.find(key).orElseThrow().use()).isSameAs(use);
    index.swap(one.actor().organizationId(), List.of());

    assertThat(index.find(key)).isEmpty();
    assertThat(index.find(otherKey)).isPresent();
  }

  @Test
  void theFirstUseIsDueAtOnceAndTheNextAfterAMinute() {
    KeyEntry entry = entry(key, UUID.randomUUID(), null);
    index.swap(entry.actor().organizationId(), List.of(entry));
    KeyUse use = entry.use();
    assertThat(use.dueMillis()).isZero();

    index.find(key);
    assertThat(use.dueMillis()).isEqualTo(NOON.toEpochMilli());
    use.written(NOON.toEpochMilli());
    now.set(NOON.plusSeconds(59));
    index.find(key);
    assertThat(use.dueMillis()).isZero();
    now.set(NOON.plusSeconds(60));
    index.find(key);
    assertThat(use.dueMillis()).isPositive();
  }

  private KeyEntry entry(String text, UUID organization, @Nullable Instant expiresAt) {
    Scope scope = new Scope(organization, null, null);
    Actor actor = new Actor(Actor.Kind.ADMIN, UUID.randomUUID(), "test", scope);
    return new KeyEntry(hasher.hash(text), actor, expiresAt, new KeyUse(0));
  }
}
