package dev.saferun.replay.capture;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many words all runs' texts may hold in memory. Beyond it the run that was idle longest
 * forgets its texts; when it goes on, they are read again from its recorded frames.
 */
final class TextBudget {

  private final long wordsMax;
  private final Map<RunEntry, Integer> byRun = new LinkedHashMap<>(64, 0.75f, true);
  private long words;

  TextBudget(long wordsMax) {
    this.wordsMax = wordsMax;
  }

  /** Takes note of a run's words; the run stays. */
  synchronized void used(RunEntry run, int wordsNow) {
    Integer before = byRun.put(run, wordsNow);
    words += wordsNow - (before == null ? 0 : before);
    Iterator<Map.Entry<RunEntry, Integer>> idleLongest = byRun.entrySet().iterator();
    while (words > wordsMax && byRun.size() > 1) {
      Map.Entry<RunEntry, Integer> idle = idleLongest.next();
      idle.getKey().dropTexts();
      words -= idle.getValue();
      idleLongest.remove();
    }
  }

  synchronized long words() {
    return words;
  }
}
