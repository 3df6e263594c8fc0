package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldKeysTest {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final UUID ORGANIZATION = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private long now = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos(); // it overflows on the way
  private final HeldKeys held = new HeldKeys(LIFE, () -> now);

  @Test
  void aKeyIsGivenOutForItsTimeAndNoLonger() {
    byte[] bytes = Ids.secret(32);
    DataKey key = held.putNewest(ORGANIZATION, unwrapped(1, bytes));
    assertThat(held.current(ORGANIZATION)).contains(key);
    assertThat(held.current(OTHER)).isEmpty();

    pass(LIFE.minusSeconds(5).minusNanos(1));
    assertThat(held.current(ORGANIZATION)).contains(key);
    assertThat(held.find(ORGANIZATION, key.id())).contains(key);
    pass(Duration.ofNanos(1));
    assertThat(held.current(ORGANIZATION)).isEmpty();
    assertThat(held.find(ORGANIZATION, key.id())).isEmpty();
  }

  /** Whoever got it in the last moment still seals; at fifteen minutes it is overwritten. */
  @Test
  void aKeyIsOverwrittenWhenItsTimeIsOver() {
    byte[] bytes = Ids.secret(32);
    DataKey key = held.putNewest(ORGANIZATION, unwrapped(1, bytes));
    pass(LIFE.minusSeconds(5));
    held.expire();
    assertThat(Envelope.seal(key, new byte[3], new byte[0])).isNotEmpty();
    pass(Duration.ofSeconds(5).minusNanos(1));
    held.expire();
    assertThat(Envelope.seal(key, new byte[3], new byte[0])).isNotEmpty();
    pass(Duration.ofNanos(1));
    held.expire();
    assertThat(bytes).containsOnly(0);
    assertThatThrownBy(() -> Envelope.seal(key, new byte[3], new byte[0]))
        .as("never with an overwritten key")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unwrappedAgainTheSameKeyGoesOn() {
    byte[] first = Ids.secret(32);
    byte[] again = first.clone();
    DataKey key = held.putNewest(ORGANIZATION, unwrapped(1, first));
    assertThat(held.isDue(ORGANIZATION)).isFalse();
    pass(LIFE.dividedBy(3));
    assertThat(held.isDue(ORGANIZATION)).isTrue();
    assertThat(held.putNewest(ORGANIZATION, unwrapped(1, again))).isSameAs(key);
    assertThat(again).as("one copy is enough").containsOnly(0);
    pass(LIFE.minusSeconds(6));
    held.expire();
    assertThat(held.current(ORGANIZATION)).containsSame(key);
  }

  @Test
  void aRotatedKeyIsFoundUntilItsTimeIsOver() {
    byte[] bytes = Ids.secret(32);
    DataKey old = held.putNewest(ORGANIZATION, unwrapped(1, bytes));
    pass(Duration.ofMinutes(1));
    DataKey anew = held.putNewest(ORGANIZATION, unwrapped(2, Ids.secret(32)));
    assertThat(held.current(ORGANIZATION)).contains(anew);
    assertThat(held.find(ORGANIZATION, old.id())).contains(old);
    assertThat(held.find(OTHER, old.id())).as("of another organization").isEmpty();
    pass(LIFE.minusMinutes(1));
    held.expire();
    assertThat(held.find(ORGANIZATION, old.id())).isEmpty();
    assertThat(bytes).containsOnly(0);
    assertThat(held.current(ORGANIZATION)).contains(anew);
  }

  /** A read that began before a rotation and ended after it. */
  @Test
  void anOlderReadDoesNotReplaceANewerKey() {
    DataKey second = held.putNewest(ORGANIZATION, unwrapped(2, Ids.secret(32)));
    assertThat(held.putNewest(ORGANIZATION, unwrapped(1, Ids.secret(32)))).isSameAs(second);
    assertThat(held.current(ORGANIZATION)).contains(second);
    assertThat(held.find(ORGANIZATION, new UUID(7, 1))).isPresent();
  }

  @Test
  void retiredKeysTakeALimitedPlace() {
    for (int i = 1; i <= 10_500; i++) {
      held.putOlder(ORGANIZATION, unwrapped(i, Ids.secret(32)));
    }
    long found =
        java.util.stream.IntStream.rangeClosed(1, 10_500)
            .filter(i -> held.find(ORGANIZATION, new UUID(7, i)).isPresent())
            .count();
    assertThat(found).isEqualTo(10_000);
  }

  @Test
  void clearingOverwritesEverything() {
    byte[] first = Ids.secret(32);
    byte[] second = Ids.secret(32);
    held.putNewest(ORGANIZATION, unwrapped(1, first));
    held.putNewest(ORGANIZATION, unwrapped(2, second));
    held.clear();
    assertThat(first).containsOnly(0);
    assertThat(second).containsOnly(0);
    assertThat(held.current(ORGANIZATION)).isEmpty();
  }

  @Test
  void whatComesAfterTheCloseIsOverwrittenToo() {
    held.close();
    byte[] late = Ids.secret(32);
    held.putNewest(ORGANIZATION, unwrapped(1, late));
    assertThat(late).containsOnly(0);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static HeldKeys.Unwrapped unwrapped(int number, byte[] bytes) {
    return new HeldKeys.Unwrapped(new UUID(7, number), number, Instant.EPOCH, bytes);
  }
}
