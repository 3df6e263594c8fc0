package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.IntentDeadline;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.evaluator.RunLog;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.evaluator.WindowUse;
import dev.saferun.evaluator.opinion.Opinions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check with the one snapshot that was taken for it. Called at most once, and not at all where
 * an idempotency key is known; what was decided is here for whoever sees the answer off.
 */
final class Deciding implements RunLog.Decider {

  private static final Logger LOG = LoggerFactory.getLogger(Deciding.class);
  private static final long NANOS_A_MICRO = 1_000;

  private final PolicySnapshot snapshot;
  private final Check check;
  private final IntentDeadline deadline;
  private final Opinions opinions;

  // Each is written before a stage completes and read after: the stage orders the two.
  private @Nullable Opinion opinion;
  private @Nullable Decision decision;
  private @Nullable UUID decisionId;
  private IntentReading reading = IntentReading.OFF;

  Deciding(PolicySnapshot snapshot, Check check, IntentDeadline deadline, Opinions opinions) {
    this.snapshot = snapshot;
    this.check = check;
    this.deadline = deadline;
    this.opinions = opinions;
  }

  @Override
  public CompletionStage<Void> ready() {
    return opinions.before(snapshot, check).thenAccept(said -> opinion = said.orElse(null));
  }

  @Override
  public Decided decide(RunState before) {
    long start = System.nanoTime();
    Evaluation made = snapshot.evaluate(check, before);
    decision = made.decision();
    long micros = (System.nanoTime() - start) / NANOS_A_MICRO;
    return new Decided(made.decision(), made.after(), micros, opinion);
  }

  @Override
  public IntentReading read(RunTexts texts, ProjectHistory history, long frame) {
    IntentReading measured = measured(texts, history, frame);
    reading = opinion == null ? measured : measured.with(opinion);
    return reading;
  }

  private IntentReading measured(RunTexts texts, ProjectHistory history, long frame) {
    try {
      return texts.read(
          check, frame, snapshot.content().intent().tool(check.tool()), history, deadline);
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).log("the intent of a call could not be measured");
      return IntentReading.unavailable(IntentReading.Unavailable.FAULT);
    }
  }

  @Override
  public List<WindowUse> uses() {
    return snapshot.uses(check);
  }

  @Override
  public void recorded(UUID durableDecisionId) {
    decisionId = durableDecisionId;
  }

  PolicySnapshot snapshot() {
    return snapshot;
  }

  Check check() {
    return check;
  }

  /** What was measured of the call. */
  IntentReading reading() {
    return reading;
  }

  /** Empty where the answer is an earlier one. */
  Optional<Decision> decision() {
    return Optional.ofNullable(decision);
  }

  /** Under which id the decision was recorded; empty where it was not, or is an earlier one. */
  Optional<UUID> decisionId() {
    return Optional.ofNullable(decisionId);
  }
}
