package dev.saferun.evaluator;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Where a backtest is looked up that somebody names as evidence: declared by the evaluator, filled
 * by whoever runs backtests.
 */
public interface BacktestEvidence {

  /** Empty where the project has no such backtest. */
  CompletionStage<Optional<Finding>> find(UUID organizationId, UUID projectId, UUID backtestId);

  /**
   * What a backtest found.
   *
   * @param finished false while it runs, and where it was given up
   * @param ruleVersions the ids of the versions that it decided with
   * @param decisions how many recorded decisions of the project it decided again
   * @param stopped how many of them the versions would have stopped
   * @param pinFailures how many pinned frames came out otherwise than they must
   */
  record Finding(
      boolean finished, Set<UUID> ruleVersions, long decisions, long stopped, long pinFailures) {

    public Finding {
      ruleVersions = Set.copyOf(ruleVersions);
    }
  }
}
