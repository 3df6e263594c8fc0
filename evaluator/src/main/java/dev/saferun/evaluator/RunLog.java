package dev.saferun.evaluator;

import dev.saferun.tenancy.EnvironmentSettings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where decisions are kept: declared by the evaluator, filled by replay.
 *
 * <p>{@link #decide} opens the run, calls the decider with the run's state while no other call of
 * the same run is decided, numbers the frame, redacts it and makes it durable; the stage completes
 * when the frame is on the disk. It never fails because the database is away. It fails with a
 * problem where an idempotency key was used for another body.
 */
public interface RunLog {

  CompletionStage<Kept> decide(
      EnvironmentSettings environment,
      Check check,
      Optional<Idempotency> idempotency,
      Decider decider);

  /** Decides one call once its run's state is known; called at most once. */
  @FunctionalInterface
  interface Decider {

    Decided decide(RunState before);

    /**
     * Completes when the decider has what it needs from elsewhere, and never fails. It is waited
     * for before the run is opened, and not called at all where an earlier answer is given again.
     */
    default CompletionStage<Void> ready() {
      return CompletableFuture.completedStage(null);
    }

    /** Told when the frame is durable, before the answer is. */
    default void recorded(UUID decisionId) {}

    /**
     * Measures the call against the run's texts and the project's earlier calls, and takes its own
     * texts in.
     */
    default IntentReading read(RunTexts texts, ProjectHistory history, long frame) {
      return IntentReading.OFF;
    }

    /** What the call would add to windows; their readings then stand in the state. */
    default List<WindowUse> uses() {
      return List.of();
    }
  }

  /**
   * A client's key for "this is the same request again", and the SHA-256 of the body that it came
   * with.
   */
  record Idempotency(String key, byte[] bodySha256) {}

  /**
   * What the decider hands back: the decision, and the run state after the call.
   *
   * @param secondOpinion what the customer's own model said before the decision, to be kept with
   *     it; null where it was not to be asked
   */
  record Decided(
      Decision decision, RunState after, long microsTaken, @Nullable Opinion secondOpinion) {

    /** Where nobody was to be asked. */
    public Decided(Decision decision, RunState after, long microsTaken) {
      this(decision, after, microsTaken, null);
    }
  }

  /** How the frame was kept. */
  sealed interface Kept {

    /** Durable. {@code answer} is the canonical JSON that the client gets, also on a retry. */
    record Durable(byte[] answer) implements Kept {}

    /**
     * Not durable, the environment proceeds: decided, and the client is told that it was not
     * recorded.
     */
    record Unrecorded(UUID decisionId, Decision decision) implements Kept {}

    /** Not durable, the environment stops. */
    record Refused(UUID decisionId, Decision decision) implements Kept {}
  }
}
