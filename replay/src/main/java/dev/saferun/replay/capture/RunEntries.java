package dev.saferun.replay.capture;

import dev.saferun.evaluator.Meanings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The runs in memory, the longest idle leaving first once there are too many. A run whose records
 * are not all in the database stays: nothing else knows it. So the bound can stretch to the runs in
 * the journal, which is bounded itself.
 */
final class RunEntries {

  private static final int STRIPES = 64;
  private static final int LEAVING_AT_ONCE_MAX = 4;

  private final Stripe[] stripes = new Stripe[STRIPES];

  RunEntries(int entriesMax, LongSupplier drainedPosition, TextBudget budget, Meanings meanings) {
    int perStripe = Math.max(1, entriesMax / STRIPES);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(perStripe, drainedPosition, budget, meanings);
    }
  }

  RunEntry get(UUID environmentId, String runId) {
    Name name = new Name(environmentId, runId);
    return stripes[(name.hashCode() * 0x9e3779b9) >>> 26].get(name);
  }

  int size() {
    int size = 0;
    for (Stripe stripe : stripes) {
      size += stripe.size();
    }
    return size;
  }

  private record Name(UUID environmentId, String runId) {}

  private static final class Stripe {

    private final Map<Name, RunEntry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final int entriesMax;
    private final LongSupplier drainedPosition;
    private final TextBudget budget;
    private final Meanings meanings;

    Stripe(int entriesMax, LongSupplier drainedPosition, TextBudget budget, Meanings meanings) {
      this.meanings = meanings;
      this.budget = budget;
      this.entriesMax = entriesMax;
      this.drainedPosition = drainedPosition;
    }

    synchronized RunEntry get(Name name) {
      RunEntry known = entries.get(name);
      if (known != null) {
        return known;
      }
      RunEntry added = new RunEntry(budget, meanings);
      entries.put(name, added);
      if (entries.size() > entriesMax) {
        leave(added);
      }
      return added;
    }

    private void leave(RunEntry added) {
      long drained = drainedPosition.getAsLong();
      Iterator<RunEntry> idleLongest = entries.values().iterator();
      for (int i = 0; i < LEAVING_AT_ONCE_MAX && entries.size() > entriesMax; i++) {
        RunEntry entry = idleLongest.next();
        if (entry == added || !entry.mayLeave(drained)) {
          return;
        }
        idleLongest.remove();
      }
    }

    synchronized int size() {
      return entries.size();
    }
  }
}
