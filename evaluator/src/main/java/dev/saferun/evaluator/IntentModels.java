package dev.saferun.evaluator;

import dev.saferun.platform.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The calibrated models of each project. None is in force until the guard's settings name it. */
public interface IntentModels {

  /**
   * Keeps a new one.
   *
   * @param made the model, from its number in the project
   * @param comparison what it was compared with, and on what
   */
  CompletionStage<Version> keep(
      Actor by,
      String project,
      IntFunction<IntentModel> made,
      Map<String, @Nullable Object> comparison);

  /** The newest first. */
  CompletionStage<List<Version>> all(UUID organizationId, String project);

  /** The model of that name: the product's own, or one of the project's. */
  CompletionStage<Optional<IntentModel>> find(UUID organizationId, String project, String name);

  /** A model with where it comes from. */
  record Version(
      int number,
      IntentModel model,
      Map<String, @Nullable Object> comparison,
      String author,
      Instant createdAt) {}
}
