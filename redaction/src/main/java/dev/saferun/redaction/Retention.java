package dev.saferun.redaction;

import org.jspecify.annotations.Nullable;

/**
 * How long what was recorded is kept. Of several layers the shorter time holds.
 *
 * @param originalsDays after which the keys of what was sealed are destroyed; null: never
 * @param runsDays after which a run is deleted, counted from its last frame; null: never
 */
public record Retention(@Nullable Integer originalsDays, @Nullable Integer runsDays) {

  public static final Retention FOR_EVER = new Retention(null, null);

  /** The most days that can be asked for. */
  public static final int DAYS_MAX = 36_500;

  Retention shorter(Retention other) {
    return new Retention(
        shorter(originalsDays, other.originalsDays), shorter(runsDays, other.runsDays));
  }

  private static @Nullable Integer shorter(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }
}
