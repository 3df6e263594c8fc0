package dev.saferun.replay.capture;

import dev.saferun.evaluator.WindowReading;
import dev.saferun.evaluator.WindowScope;
import dev.saferun.evaluator.WindowUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts over runs: what was used within each window of the loop guard, by run, by agent, or by
 * environment. Only windows that the settings name are counted, and they are read and added to in
 * one step, so that two calls at once cannot both have the last place.
 *
 * <p>A reading is whole when the counting began before the window did. It begins anew at the start
 * of the process, but for what the journal tells, and when there are too many counters.
 */
final class Windows {

  private final int countersMax;
  private final ConcurrentHashMap<Name, SlidingCount> counters = new ConcurrentHashMap<>();
  private volatile long wholeSinceMillis;

  private record Name(
      UUID environmentId, WindowScope scope, String owner, String window, long seconds) {}

  Windows(int countersMax, Instant start) {
    this.countersMax = countersMax;
    this.wholeSinceMillis = start.toEpochMilli();
  }

  /** Adds what a call would use, and tells what was used before it. */
  List<WindowReading> add(RunKey run, String agent, List<WindowUse> uses, Instant at) {
    if (uses.isEmpty()) {
      return List.of();
    }
    long atMillis = at.toEpochMilli();
    List<WindowReading> readings = new ArrayList<>(uses.size());
    for (WindowUse use : uses) {
      double used = counter(run, agent, use, atMillis).add(atMillis, use.amount());
      readings.add(new WindowReading(use, used, isWhole(use, atMillis)));
    }
    return readings;
  }

  /** The call did not run: it used nothing. */
  void takeBack(RunKey run, String agent, List<WindowReading> readings, Instant at) {
    for (WindowReading reading : readings) {
      SlidingCount counter = counters.get(name(run, agent, reading.use()));
      if (counter != null) {
        counter.takeBack(at.toEpochMilli(), reading.use().amount());
      }
    }
  }

  private boolean isWhole(WindowUse use, long atMillis) {
    return atMillis - wholeSinceMillis >= use.length().toMillis();
  }

  private SlidingCount counter(RunKey run, String agent, WindowUse use, long atMillis) {
    Name name = name(run, agent, use);
    SlidingCount known = counters.get(name);
    if (known != null) {
      return known;
    }
    if (counters.size() >= countersMax) {
      makeRoom(atMillis);
    }
    return counters.computeIfAbsent(name, added -> new SlidingCount(use.length().toMillis()));
  }

  private static Name name(RunKey run, String agent, WindowUse use) {
    String owner =
        switch (use.scope()) {
          case RUN -> run.runId();
          case AGENT -> agent;
          case PROJECT -> "";
        };
    return new Name(
        run.environmentId(), use.scope(), owner, use.window(), use.length().toSeconds());
  }

  /** Empty counters leave without a loss; where there are none, all begin anew. */
  private synchronized void makeRoom(long atMillis) {
    if (counters.size() < countersMax) {
      return;
    }
    counters.values().removeIf(counter -> counter.isEmptyAt(atMillis));
    if (counters.size() >= countersMax) {
      counters.clear();
      wholeSinceMillis = atMillis;
    }
  }

  int size() {
    return counters.size();
  }
}
