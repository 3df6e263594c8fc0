package dev.saferun.evaluator.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of a check and its answer, for the OpenAPI document; the hot path reads and writes
 * them by hand.
 */
final class CheckDocuments {

  private CheckDocuments() {}

  /** What an agent asks. */
  @Schema(name = "CheckRequest")
  record Request(
      String runId,
      @Nullable Long step,
      @Nullable Agent agent,
      Action action,
      @Nullable Context context,
      @Schema(format = "date-time") @Nullable String at) {}

  @Schema(name = "Agent")
  record Agent(@Nullable String name, @Nullable String version, @Nullable String model) {}

  @Schema(name = "Action")
  record Action(
      String tool,
      @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
          Object arguments,
      @Nullable String callId) {}

  @Schema(name = "Context")
  record Context(
      @Nullable String userRequest,
      @Schema(description = "any JSON") @Nullable Object plan,
      @Nullable String reasoning,
      @Nullable List<Passage> retrieved,
      @Schema(description = "any JSON") @Nullable Object state,
      @Nullable List<Object> messages) {}

  @Schema(name = "Passage")
  record Passage(
      @Nullable String source, @Schema(description = "any JSON") @Nullable Object content) {}

  /** What it is answered. */
  @Schema(name = "CheckAnswer")
  record Answer(
      String decisionId,
      String runId,
      @Schema(description = "absent where the frame was not recorded") @Nullable Long frame,
      @Schema(description = "allow, flag, escalate or deny") String verdict,
      @Schema(description = "proceed, proceed_with_warning, wait_for_approval or stop")
          String effect,
      @Schema(description = "log, warn or block") String mode,
      List<ReasonView> reasons,
      String policySnapshot,
      EvaluatorView evaluator,
      boolean recorded) {}

  @Schema(name = "Reason")
  record ReasonView(
      String kind,
      String source,
      @Nullable Integer version,
      String verdict,
      String message,
      @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
          @Nullable Object details) {}

  @Schema(name = "Evaluator")
  record EvaluatorView(String version) {}
}
