package dev.saferun.replay.understand;

import dev.saferun.evaluator.CalibrationData;
import dev.saferun.evaluator.CalibrationMethod;
import dev.saferun.evaluator.Candidates;
import dev.saferun.evaluator.IntentCalibration;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.evaluator.IntentSettings;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new version of a project's model from its labels and compares it with the current one on
 * labels that it did not see. It puts nothing in force. One is made at a time, and of each project
 * one is asked for at a time.
 */
@Singleton
public final class Calibrations {

  private final LabelledCalls labels;
  private final RecentCalls recent;
  private final IntentModels models;
  private final Candidates policies;
  private final Turn turn;
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  Calibrations(
      LabelledCalls labels,
      RecentCalls recent,
      IntentModels models,
      Candidates policies,
      Turn turn) {
    this.labels = labels;
    this.recent = recent;
    this.models = models;
    this.policies = policies;
    this.turn = turn;
  }

  /**
   * What is asked for.
   *
   * @param environments of the project, whose labels and calls count; at least one
   * @param model its name; null for the one in force
   */
  public record Request(
      UUID project,
      String projectName,
      List<EnvironmentSettings> environments,
      @Nullable String model) {

    public Request {
      environments = List.copyOf(environments);
    }
  }

  /** Completes with the new version once it is kept. */
  public CompletionStage<IntentModels.Version> calibrate(
      Actor by, Request request, CalibrationMethod method) {
    if (!underWay.add(request.project)) {
      throw new ProblemException(
          ReplayProblem.CALIBRATION_UNDER_WAY, "its version is listed once it is made");
    }
    return judged(
            by, request, (data, current) -> IntentCalibration.calibrate(data, current, method))
        .thenCompose(
            outcome -> models.keep(by, request.projectName, outcome.model(), outcome.comparison()))
        .whenComplete((version, fault) -> underWay.remove(request.project));
  }

  /** The labelled calls under a model: what a client draws and moves thresholds over. */
  public CompletionStage<Map<String, @Nullable Object>> points(Actor by, Request request) {
    return judged(by, request, IntentCalibration::points);
  }

  /** What is found when it is the turn of this request's labels under their model. */
  private <T> CompletionStage<T> judged(
      Actor by, Request request, BiFunction<CalibrationData, IntentModel, T> judge) {
    return CompletableFuture.completedStage(request)
        .thenCompose(this::settings)
        .thenCompose(
            settings ->
                model(by, request, settings)
                    .thenCompose(
                        current ->
                            turn.take(() -> judge.apply(data(by, request, settings), current))));
  }

  /** The Intent Guard in force in each environment. */
  private CompletionStage<Map<UUID, IntentSettings>> settings(Request request) {
    CompletionStage<Map<UUID, IntentSettings>> all =
        CompletableFuture.completedStage(new LinkedHashMap<>());
    for (EnvironmentSettings environment : request.environments) {
      all =
          all.thenCombine(
              policies.over(environment, List.of()),
              (found, policy) -> {
                found.put(
                    environment.scope().requireEnvironment(), policy.policy().content().intent());
                return found;
              });
    }
    return all;
  }

  private CompletionStage<IntentModel> model(
      Actor by, Request request, Map<UUID, IntentSettings> settings) {
    if (request.model == null) {
      return CompletableFuture.completedStage(
          settings.values().stream()
              .filter(IntentSettings::on)
              .findFirst()
              .map(IntentSettings::model)
              .orElse(IntentModel.STANDARD));
    }
    return models
        .find(by.organizationId(), request.projectName, request.model)
        .thenApply(
            found ->
                found.orElseThrow(
                    () -> new ProblemException(CommonProblem.NOT_FOUND, "there is no such model")));
  }

  private CalibrationData data(Actor by, Request request, Map<UUID, IntentSettings> settings) {
    LabelledCalls.Found found =
        labels.of(by.organizationId(), request.project, settings.keySet().toArray(UUID[]::new));
    return new CalibrationData(
        found.calls(), found.unmeasured(), recent.of(by.organizationId(), settings, Instant.now()));
  }
}
