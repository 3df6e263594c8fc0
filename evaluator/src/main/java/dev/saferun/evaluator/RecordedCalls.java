package dev.saferun.evaluator;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where recorded calls are read back to be decided again: declared by the evaluator, filled by
 * whoever keeps them.
 */
public interface RecordedCalls {

  /** Empty where the project has no such decision, or its frame is gone. */
  CompletionStage<Optional<Recorded>> find(UUID organizationId, UUID projectId, UUID decisionId);

  /**
   * The project's last decided calls, at most so many, in any order: a sample to hold a rule
   * against. None where there is nothing to sample from.
   */
  default CompletionStage<List<Recorded>> recent(UUID organizationId, UUID projectId, int most) {
    return CompletableFuture.completedStage(List.of());
  }
}
