package dev.saferun.replay.understand;

import dev.saferun.evaluator.CalibrationMethod;
import dev.saferun.evaluator.IntentCalibration;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.platform.Actor;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new version of a project's model from its labels and compares it with the one in force on
 * labels that it did not see. It puts nothing in force.
 */
@Singleton
public final class Calibrations {

  private static final int DAYS = 14;

  private final LabelledCalls labels;
  private final IntentModels models;

  Calibrations(LabelledCalls labels, IntentModels models) {
    this.labels = labels;
    this.models = models;
  }

  /**
   * What is asked for.
   *
   * @param environment null for all of the project
   */
  public record Request(
      UUID project, String projectName, @Nullable UUID environment, CalibrationMethod method) {}

  public CompletionStage<IntentModels.Version> calibrate(
      Actor by, Request request, IntentModel current) {
    return labels
        .of(by.organizationId(), request.project(), request.environment())
        .thenCombine(
            callsADay(by, request),
            (found, callsADay) ->
                IntentCalibration.calibrate(
                    found.calls(), found.unmeasured(), current, request.method(), callsADay))
        .thenCompose(
            outcome ->
                models.keep(by, request.projectName(), outcome.model(), outcome.comparison()));
  }

  /** The labelled calls under the model in force: what a client draws and moves thresholds over. */
  public CompletionStage<Map<String, @Nullable Object>> points(
      Actor by, Request request, IntentModel current) {
    return labels
        .of(by.organizationId(), request.project(), request.environment())
        .thenCombine(
            callsADay(by, request),
            (found, callsADay) ->
                IntentCalibration.points(found.calls(), found.unmeasured(), current, callsADay));
  }

  private CompletionStage<Double> callsADay(Actor by, Request request) {
    return labels.callsADay(
        by.organizationId(),
        request.project(),
        request.environment(),
        OffsetDateTime.now(ZoneOffset.UTC).minusDays(DAYS));
  }
}
