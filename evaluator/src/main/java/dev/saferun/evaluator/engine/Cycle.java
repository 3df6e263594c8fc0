package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.RecentCalls;

/**
 * The shortest circle that a run's latest calls go round in.
 *
 * @param period calls in one round; 0 where there is no circle
 * @param rounds full rounds, the first one included
 * @param steadyRounds those of them, up to now, in which no call is known to have ended otherwise
 *     than in the round before
 */
record Cycle(int period, int rounds, int steadyRounds) {

  static final Cycle NONE = new Cycle(0, 0, 0);

  /**
   * Looks back from a call over the ones before it. A round of one and the same call is a repeat
   * and not a circle.
   */
  static Cycle of(long latest, RecentCalls recent, int periodMax) {
    for (int period = 2; period <= periodMax && 2 * period <= recent.size() + 1; period++) {
      int alike = alike(latest, recent, period);
      if (alike >= period && differs(latest, recent, period)) {
        int steady = steady(recent, period, alike);
        return new Cycle(period, alike / period + 1, steady / period + 1);
      }
    }
    return NONE;
  }

  /** How many calls in a row are the same as the one a period before. */
  private static int alike(long latest, RecentCalls recent, int period) {
    int alike = 0;
    while (alike + period <= recent.size()
        && at(alike, latest, recent) == at(alike + period, latest, recent)) {
      alike++;
    }
    return alike;
  }

  /** How many of these are not known to have ended otherwise. */
  private static int steady(RecentCalls recent, int period, int alike) {
    int steady = 1;
    while (steady < alike && !recent.endedDifferently(steady - 1, steady + period - 1)) {
      steady++;
    }
    return steady;
  }

  private static boolean differs(long latest, RecentCalls recent, int period) {
    for (int i = 1; i < period; i++) {
      if (at(i, latest, recent) != latest) {
        return true;
      }
    }
    return false;
  }

  private static long at(int back, long latest, RecentCalls recent) {
    return back == 0 ? latest : recent.call(back - 1);
  }
}
