package dev.saferun.evaluator;

import dev.saferun.tenancy.EnvironmentSettings;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Where an opinion is kept that came after its call was answered: declared by the evaluator, filled
 * by replay.
 */
@FunctionalInterface
public interface OpinionLog {

  /**
   * Keeps what came of asking as a note of the decision's run. Completes when the note is durable,
   * and fails where it cannot be.
   */
  CompletionStage<Void> keep(
      EnvironmentSettings environment, String runId, UUID decisionId, Opinion opinion);
}
