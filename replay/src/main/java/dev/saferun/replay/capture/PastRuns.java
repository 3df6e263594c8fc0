package dev.saferun.replay.capture;

import dev.saferun.evaluator.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the database knows of earlier calls: declared here, filled by the store. Every stage fails
 * where the database is away, and none blocks.
 */
public interface PastRuns {

  /** Where the run stands; empty where there is no such run. */
  CompletionStage<Optional<Tail>> tail(RunKey run);

  /**
   * The run's newest frames in their order, the oldest first: at most so many and so many bytes of
   * them.
   */
  CompletionStage<List<PastFrame>> frames(RunKey run, int framesMax, int bytesMax);

  /** The decision within the organization; empty where there is none. */
  CompletionStage<Optional<DecisionPlace>> decision(UUID organizationId, UUID decisionId);

  /** What the key was answered in this environment since then. */
  CompletionStage<Optional<Answered>> answered(
      UUID organizationId, UUID environmentId, byte[] keyHash, Instant since);

  /** Tells the hash of every run that there is; completes when all were told. */
  CompletionStage<Void> eachRun(Consumer<Long> hash);

  /** Tells the hash of every idempotency key that was used since then. */
  CompletionStage<Void> eachIdempotencyKey(Instant since, Consumer<Long> hash);

  /** A frame as it is kept. */
  record PastFrame(UUID recordId, byte[] evidence) {}

  /** The run's state after its last action, and the number of its last frame. */
  record Tail(RunState state, long lastFrame) {}

  /** Where a decision stands. */
  record DecisionPlace(RunKey run, long frame) {}

  /** The evidence of the decision that the key was answered with. */
  record Answered(byte[] bodySha256, byte[] evidence) {}
}
