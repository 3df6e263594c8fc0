package dev.saferun.audit.log;

import dev.saferun.audit.LiveLoad;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast a backlog is worked off. While nobody waits for answers, as fast as it goes; else in
 * small pieces, with a rest after each that is several times as long as the work was.
 */
@Singleton
public class Pace {

  private static final int RESTS_FOR_EACH_WORK = 9;
  private static final long REST_MILLIS_MAX = 1_000;
  private static final int SMALLER = 5;

  private final List<LiveLoad> loads;

  Pace(List<LiveLoad> loads) {
    this.loads = List.copyOf(loads);
  }

  /** How many events are taken at once, where that many would be. */
  public int piece(int whole) {
    return isBusy() ? whole / SMALLER : whole;
  }

  /** Waits after work that took so long; what was waited for others is none. */
  public void rest(long workedNanos) throws InterruptedException {
    if (isBusy()) {
      long workedMillis = TimeUnit.NANOSECONDS.toMillis(workedNanos);
      Thread.sleep(Math.min(workedMillis * RESTS_FOR_EACH_WORK, REST_MILLIS_MAX));
    }
  }

  private boolean isBusy() {
    return loads.stream().anyMatch(LiveLoad::isBusy);
  }
}
