package dev.saferun.evaluator.engine;

import java.util.List;

/**
 * The shortest circle that a run's latest calls go round in.
 *
 * @param period calls in one round; 0 where there is no circle
 * @param rounds full rounds, the first one included
 */
record Cycle(int period, int rounds) {

  static final Cycle NONE = new Cycle(0, 0);

  /**
   * Looks back from a call over the ones before it, newest first. A round of one and the same call
   * is a repeat and not a circle.
   */
  static Cycle of(long latest, List<Long> recent, int periodMax) {
    for (int period = 2; period <= periodMax && 2 * period <= recent.size() + 1; period++) {
      int rounds = rounds(latest, recent, period);
      if (rounds >= 2 && differs(latest, recent, period)) {
        return new Cycle(period, rounds);
      }
    }
    return NONE;
  }

  private static int rounds(long latest, List<Long> recent, int period) {
    int alike = 0;
    while (alike + period <= recent.size()
        && at(alike, latest, recent) == at(alike + period, latest, recent)) {
      alike++;
    }
    return alike / period + 1;
  }

  private static boolean differs(long latest, List<Long> recent, int period) {
    for (int i = 1; i < period; i++) {
      if (at(i, latest, recent) != latest) {
        return true;
      }
    }
    return false;
  }

  private static long at(int back, long latest, List<Long> recent) {
    return back == 0 ? latest : recent.get(back - 1);
  }
}
