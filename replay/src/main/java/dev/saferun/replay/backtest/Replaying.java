package dev.saferun.replay.backtest;

import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Redecision;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.proof.KeptCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides recorded calls again by a candidate, by the code that decides live ones. */
final class Replaying {

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
    Optional<KeptCall> kept;
    try {
      evidence = Evidence.object(StrictJson.parse(action.evidence(), KeptCall.DEPTH_MAX));
      kept = KeptCall.of(evidence);
    } catch (RuntimeException unreadable) {
      tally.skip("unreadable");
      return;
    }
    if (kept.isEmpty()) {
      tally.skip("run_state_redacted");
      return;
    }
    boolean timed = tally.isTimed();
    long start = timed ? System.nanoTime() : 0;
    Redecision again = candidate.decideAgain(kept.get().call());
    if (timed) {
      tally.took(System.nanoTime() - start);
    }
    tally.add(
        action.decisionId(), evidence, again, labels.getOrDefault(action.decisionId(), List.of()));
  }
}
