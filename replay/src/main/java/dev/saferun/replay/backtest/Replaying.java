package dev.saferun.replay.backtest;

import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.Redecision;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides recorded calls again by a candidate, by the code that decides live ones. */
final class Replaying {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private final PolicySnapshot candidate;
  private final Map<UUID, List<String>> labels;

  /**
   * @param labels of the decisions that have any
   */
  Replaying(PolicySnapshot candidate, Map<UUID, List<String>> labels) {
    this.candidate = candidate;
    this.labels = labels;
  }

  void replay(KeptAction action, Tally tally) {
    Map<String, @Nullable Object> evidence;
    Recorded call;
    try {
      evidence = Evidence.object(StrictJson.parse(action.evidence(), DEPTH_MAX));
      call = KeptCall.of(evidence);
    } catch (RuntimeException unreadable) {
      tally.skip("unreadable");
      return;
    }
    boolean timed = tally.isTimed();
    long start = timed ? System.nanoTime() : 0;
    Redecision again = candidate.decideAgain(call);
    if (timed) {
      tally.took(System.nanoTime() - start);
    }
    tally.add(
        action.decisionId(), evidence, again, labels.getOrDefault(action.decisionId(), List.of()));
  }
}
