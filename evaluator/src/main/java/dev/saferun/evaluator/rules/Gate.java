package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.BacktestEvidence;
import dev.saferun.evaluator.BacktestEvidence.Finding;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a rule that would stop calls: a finished backtest of that very version over
 * calls that the project recorded, or somebody's reason for doing without.
 */
@Singleton
final class Gate {

  private final @Nullable BacktestEvidence backtests;

  /**
   * @param backtests absent where nobody runs backtests: then there is none to name
   */
  Gate(@Nullable BacktestEvidence backtests) {
    this.backtests = backtests;
  }

  /** Fails with {@link EvaluatorProblem#EVIDENCE_MISSING} where the plan may not be written. */
  CompletionStage<Void> check(Plan plan, Grounds grounds) {
    if (grounds.backtest().isEmpty()) {
      requireOverride(plan, grounds);
      return CompletableFuture.completedStage(null);
    }
    return find(plan.environment().scope(), grounds.backtest().get())
        .thenAccept(found -> requireFor(plan.newlyStopping(), found));
  }

  private CompletionStage<Optional<Finding>> find(Scope scope, UUID backtest) {
    return backtests == null
        ? CompletableFuture.completedStage(Optional.empty())
        : backtests.find(scope.organizationId(), scope.requireProject(), backtest);
  }

  private static void requireOverride(Plan plan, Grounds grounds) {
    List<RuleInForce> stopping = plan.newlyStopping();
    if (!stopping.isEmpty() && grounds.overrideReason().isEmpty()) {
      throw refusal(
          "'"
              + plan.environment().environment()
              + "' stops calls: run a backtest of these versions over the project's recorded calls"
              + " and send its id as evidence.backtest, or say in override.reason why you do"
              + " without",
          null,
          stopping);
    }
  }

  /** What somebody names as evidence must be it, whether or not it is asked for. */
  private static void requireFor(List<RuleInForce> stopping, Optional<Finding> found) {
    String place = "/evidence/backtest";
    Finding finding =
        found.orElseThrow(() -> refusal("the project has no such backtest", place, stopping));
    if (!finding.finished()) {
      throw refusal("the backtest is not finished; wait for it", place, stopping);
    }
    if (finding.decisions() == 0) {
      throw refusal("the backtest found no recorded call to decide again", place, stopping);
    }
    List<RuleInForce> others =
        stopping.stream()
            .filter(line -> !finding.ruleVersions().contains(line.versionId()))
            .toList();
    if (!others.isEmpty()) {
      throw refusal("the backtest is of other versions; run one of these", place, others);
    }
  }

  private static ProblemException refusal(
      String detail, @Nullable String pointer, List<RuleInForce> rules) {
    return new ProblemException(
        EvaluatorProblem.EVIDENCE_MISSING,
        detail,
        pointer,
        Map.of("rules", rules.stream().map(RuleInForce::toJson).toList()));
  }
}
