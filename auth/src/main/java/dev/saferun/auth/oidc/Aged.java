package dev.saferun.auth.oidc;

import java.time.Duration;
import java.time.Instant;

/** Something that was true when it was read. */
record Aged<T>(T value, Instant readAt) {

  /** One that seems to come from the future is as good as old: the clock was set back. */
  boolean isYoungerThan(Duration life, Instant now) {
    Duration age = Duration.between(readAt, now);
    return !age.isNegative() && age.compareTo(life) < 0;
  }
}
