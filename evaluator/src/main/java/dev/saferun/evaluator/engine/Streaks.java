package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.NamedCall;
import dev.saferun.evaluator.RecentCalls;

/**
 * What a call goes on with: looks back over the recent calls until one of them breaks it off.
 * Allocates nothing.
 */
final class Streaks {

  private Streaks() {}

  /** How many times in a row the same call came, this one included. */
  static int repeat(long call, RecentCalls recent) {
    int repeat = 1;
    while (repeat <= recent.size() && recent.call(repeat - 1) == call) {
      repeat++;
    }
    return repeat;
  }

  /** How many of these repeats, up to now, are not known to have ended differently. */
  static int steadyRepeat(int repeat, RecentCalls recent) {
    int steady = Math.min(repeat, 2);
    while (steady < repeat && !recent.endedDifferently(steady - 2, steady - 1)) {
      steady++;
    }
    return steady;
  }

  /**
   * How many calls in a row told nothing new, this one included; 0 where this one goes another way.
   * Calls of tools that are exempt, calls of other tools that never ran, calls again of which
   * nothing is reported yet, and calls that in other words ended the same (a thought, a note)
   * neither count nor break it off.
   */
  static int noProgress(NamedCall call, RecentCalls recent, LoopGuard guard) {
    int stale = 0;
    int tried = 0;
    int newest = -1;
    for (int back = 0; back < recent.size(); back++) {
      if (wasTried(back, call, recent)) {
        tried++;
      } else if (recent.isStale(back) && !guard.isExempt(recent.tool(back))) {
        stale++;
        newest = newest < 0 ? back : newest;
      } else if (isProgress(back, recent, guard)) {
        break;
      }
    }
    return stale > 0 && goesOn(call, recent, newest) ? stale + tried + 1 : 0;
  }

  /** Whether a call of the same tool was held or stopped: who tries again goes on. */
  private static boolean wasTried(int back, NamedCall call, RecentCalls recent) {
    return recent.wasKeptBack(back) && recent.tool(back) == call.tool();
  }

  private static boolean isProgress(int back, RecentCalls recent, LoopGuard guard) {
    boolean unknownYet = !recent.isReported(back) && recent.isAgain(back);
    return !recent.wasKeptBack(back)
        && !unknownYet
        && !recent.endedAsInOtherWords(back)
        && !guard.isExempt(recent.tool(back));
  }

  /** Whether a call is likely to tell as little as the one that told nothing new. */
  private static boolean goesOn(NamedCall call, RecentCalls recent, int stale) {
    if (call.outline() == recent.outline(stale)) {
      return true;
    }
    return (recent.gaveMuch(stale) && !recent.isAgain(stale))
        ? call.tool() == recent.tool(stale)
        : recent.find(call.call()) >= 0;
  }

  /**
   * How many calls of the tool in a row failed with one error, this one included; 0 where the last
   * did not fail. Progress by another tool breaks it off. A soft failure counts half, and calls
   * that were asked side by side count once: none of them could learn from another.
   */
  static int errors(NamedCall call, RecentCalls recent) {
    int halves = 0;
    int tried = 0;
    int newest = -1;
    int last = -1;
    for (int back = 0; back < recent.size(); back++) {
      if (recent.tool(back) != call.tool()) {
        if (recent.worked(back) && !recent.isStale(back) && !recent.isAgain(back)) {
          break;
        }
      } else if (wasTried(back, call, recent)) {
        tried += 2;
      } else if (recent.isReported(back)) {
        if (!recent.failed(back) || (newest >= 0 && recent.result(back) != recent.result(newest))) {
          break;
        }
        if (newest < 0 || !recent.wasAskedBeside(last, back)) {
          halves += recent.failedSoftly(back) ? 1 : 2;
        }
        newest = newest < 0 ? back : newest;
        last = back;
      }
    }
    return newest < 0 ? 0 : (halves + tried + (isSoft(call, recent, newest) ? 1 : 2)) / 2;
  }

  private static boolean isSoft(NamedCall call, RecentCalls recent, int failure) {
    return call.outline() != recent.outline(failure)
        && recent.find(call.call()) < 0
        && recent.hasWorked(call.tool());
  }
}
