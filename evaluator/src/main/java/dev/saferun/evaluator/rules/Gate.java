package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.BacktestEvidence;
import dev.saferun.evaluator.BacktestEvidence.Finding;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.analysis.Reach;
import dev.saferun.evaluator.rules.Examination.Findings;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a rule that would speak or stop calls: a finished backtest of that very
 * version over calls that the project recorded, calls that come out as they must, and that not
 * every call is held up. All of it gives way to somebody's reason, which is audited; evidence that
 * is named and does not hold never does.
 */
@Singleton
final class Gate {

  private static final String BACKTEST = "/evidence/backtest";
  private static final String OR_OVERRIDE =
      "; change the rule, or say in override.reason why it is as it is meant to be";

  private final @Nullable BacktestEvidence backtests;

  /**
   * @param backtests absent where nobody runs backtests: then there is none to name
   */
  Gate(@Nullable BacktestEvidence backtests) {
    this.backtests = backtests;
  }

  /** All that speaks against writing the plan; nothing where it may be written. */
  CompletionStage<List<ProblemException>> objections(
      Plan plan, Grounds grounds, Findings findings) {
    return evidence(plan.environment().scope(), grounds)
        .thenApply(evidence -> objections(plan, grounds, findings, evidence));
  }

  private CompletionStage<Optional<Finding>> evidence(Scope scope, Grounds grounds) {
    Optional<UUID> backtest = grounds.backtest();
    return backtest.isEmpty() || backtests == null
        ? CompletableFuture.completedStage(Optional.empty())
        : backtests.find(scope.organizationId(), scope.requireProject(), backtest.get());
  }

  private static List<ProblemException> objections(
      Plan plan, Grounds grounds, Findings findings, Optional<Finding> evidence) {
    List<RuleInForce> stopping = plan.newlyStopping();
    List<ProblemException> objections = new ArrayList<>();
    if (grounds.backtest().isPresent()) {
      fault(stopping, evidence).ifPresent(objections::add);
    } else if (!stopping.isEmpty() && grounds.overrideReason().isEmpty()) {
      objections.add(nothingGiven(plan.environment().environment(), stopping));
    }
    if (grounds.overrideReason().isEmpty()) {
      stopsEverything(findings, evidence).ifPresent(objections::add);
      pinFails(findings, evidence).ifPresent(objections::add);
    }
    return objections;
  }

  private static ProblemException nothingGiven(String environment, List<RuleInForce> stopping) {
    return missing(
        "'"
            + environment
            + "' stops calls: run a backtest of these versions over the project's recorded calls"
            + " and send its id as evidence.backtest, or say in override.reason why you do"
            + " without",
        null,
        stopping);
  }

  /** What somebody names as evidence must be it, whether or not it is asked for. */
  private static Optional<ProblemException> fault(
      List<RuleInForce> stopping, Optional<Finding> found) {
    if (found.isEmpty()) {
      return Optional.of(missing("the project has no such backtest", BACKTEST, stopping));
    }
    Finding finding = found.get();
    if (!finding.finished()) {
      return Optional.of(missing("the backtest is not finished; wait for it", BACKTEST, stopping));
    }
    if (finding.decisions() == 0) {
      return Optional.of(
          missing("the backtest found no recorded call to decide again", BACKTEST, stopping));
    }
    List<RuleInForce> others =
        stopping.stream()
            .filter(line -> !finding.ruleVersions().contains(line.versionId()))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing("the backtest is of other versions; run one of these", BACKTEST, others));
  }

  private static ProblemException missing(
      String detail, @Nullable String pointer, List<RuleInForce> rules) {
    return new ProblemException(
        EvaluatorProblem.EVIDENCE_MISSING,
        detail,
        pointer,
        Map.of("rules", rules.stream().map(RuleInForce::toJson).toList()));
  }

  private static Optional<ProblemException> stopsEverything(
      Findings findings, Optional<Finding> evidence) {
    boolean inBacktest =
        evidence
            .filter(one -> one.decisions() >= Reach.SAMPLE_MIN)
            .filter(one -> one.stopped() == one.decisions())
            .isPresent();
    return findings.stopsEverything().isEmpty() && !inBacktest
        ? Optional.empty()
        : Optional.of(
            new ProblemException(
                EvaluatorProblem.WOULD_STOP_EVERYTHING,
                "it would hold up every call of the project" + OR_OVERRIDE,
                null,
                Map.of("rules", findings.stopsEverything().stream().sorted().toList())));
  }

  private static Optional<ProblemException> pinFails(
      Findings findings, Optional<Finding> evidence) {
    boolean inBacktest = evidence.filter(one -> one.pinFailures() > 0).isPresent();
    return findings.failing().isEmpty() && !inBacktest
        ? Optional.empty()
        : Optional.of(
            new ProblemException(
                EvaluatorProblem.PIN_FAILS,
                "pinned calls do not come out as they must, or cannot be decided any more"
                    + OR_OVERRIDE,
                null,
                Map.of("pins", findings.failing().stream().map(Pin.Outcome::toJson).toList())));
  }
}
