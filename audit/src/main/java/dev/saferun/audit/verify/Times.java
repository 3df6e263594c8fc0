package dev.saferun.audit.verify;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the times of entries against the signatures around them: an entry that claims to be older
 * than a signature that does not have it was dated back. A clock that was set back is told in the
 * log itself.
 */
final class Times {

  /** A change may take so long from its audit event to its commit. */
  private static final Duration COMMIT_MAX = Duration.ofMinutes(15);

  private static final Duration SKEW_MAX = Duration.ofMinutes(5);

  private static final String CLOCK_SET_BACK = "clock.set_back";

  private @Nullable Instant signedAt;
  private boolean isToldSetBack;
  private @Nullable Instant oldest;
  private @Nullable Instant latest;
  private long oldestIndex;
  private long latestIndex;

  void entry(long index, Instant at, String code) {
    isToldSetBack |= code.equals(CLOCK_SET_BACK);
    if (oldest == null || at.isBefore(oldest)) {
      oldest = at;
      oldestIndex = index;
    }
    if (latest == null || at.isAfter(latest)) {
      latest = at;
      latestIndex = index;
    }
  }

  /** A signature over all entries until here. */
  void signed(Instant at) {
    if (!isToldSetBack) {
      check(at);
    }
    signedAt = at;
    isToldSetBack = false;
    oldest = null;
    latest = null;
  }

  private void check(Instant at) {
    if (signedAt != null && at.plus(SKEW_MAX).isBefore(signedAt)) {
      throw new Broken("the checkpoint of " + at + " is older than the one before it");
    }
    if (signedAt != null && oldest != null && oldest.plus(COMMIT_MAX).isBefore(signedAt)) {
      throw new Broken(
          "entry %s is dated back: it says %s, and the checkpoint before it was signed at %s"
              .formatted(oldestIndex, oldest, signedAt));
    }
    if (latest != null && latest.isAfter(at.plus(SKEW_MAX))) {
      throw new Broken(
          "entry %s says %s, after the checkpoint that has it was signed at %s"
              .formatted(latestIndex, latest, at));
    }
  }
}
