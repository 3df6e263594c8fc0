package dev.saferun.platform;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the keeper of the secrets answers, and for how long this node goes on without it. */
public interface SecretsHealth {

  /**
   * What holds at this moment.
   *
   * @param keeper its name
   * @param fault why the keeper's last answer was none; null while it answers
   * @param faultSince when it stopped to answer
   * @param keysInMemory organizations whose newest data key is in memory
   * @param keysMissing organizations that are known and whose key is not in memory
   * @param oldestInMemory how long ago that of the keys in memory was unwrapped which leaves it
   *     next
   * @param oldestKey how long ago the oldest of the newest keys was made
   * @param unreadable data keys that the keeper does not unwrap, altered or of another keeper
   */
  record Status(
      String keeper,
      @Nullable String fault,
      @Nullable Instant faultSince,
      int keysInMemory,
      int keysMissing,
      Duration oldestInMemory,
      Duration oldestKey,
      int unreadable) {}

  Status now();
}
