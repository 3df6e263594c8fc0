package dev.saferun.replay.capture;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Lets a read wait until the database has all that was answered before the read began, so that who
 * reads sees what it wrote. Bounded: where the drain is further behind, the read goes on without,
 * and what it does not find is {@code reads-behind} and not {@code not-found}.
 */
@Singleton
public final class Settled {

  private static final long WAIT_MILLIS_MAX = 1_000;

  private final Memory memory;
  private final DrainProgress drain;

  Settled(Memory memory, DrainProgress drain) {
    this.memory = memory;
    this.drain = drain;
  }

  /** True when the database has all; false when the time was over first. Never fails. */
  public CompletionStage<Boolean> now() {
    return drain
        .drained(memory.lastPosition())
        .thenApply(done -> true)
        .toCompletableFuture()
        .completeOnTimeout(false, WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .exceptionally(closed -> false);
  }

  /** The problem of something that was not found. */
  public ProblemException absent(boolean settled) {
    return settled
        ? new ProblemException(CommonProblem.NOT_FOUND, "there is no such thing in your scope")
        : new ProblemException(
            ReplayProblem.READS_BEHIND,
            "records are durable that the database does not have yet; try again");
  }
}
