package dev.saferun.replay.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of what is sent and read here, for the OpenAPI document. */
final class RunDocuments {

  private RunDocuments() {}

  @Schema(name = "FrameBatch")
  record FrameBatch(List<FrameDraft> frames) {}

  @Schema(name = "FrameDraft")
  record FrameDraft(
      @Schema(description = "input, plan, model, retrieval or note") String kind,
      @Schema(description = "any JSON") @Nullable Object content,
      @Nullable Long step,
      @Schema(format = "date-time") @Nullable String at) {}

  @Schema(name = "NewFrames")
  record NewFrames(List<NumberedFrame> frames) {}

  @Schema(name = "NumberedFrame")
  record NumberedFrame(long frame, String kind) {}

  @Schema(name = "Outcome")
  record Outcome(
      @Schema(description = "any JSON") @Nullable Object result,
      @Schema(description = "any JSON") @Nullable Object error,
      @Nullable Long durationMillis,
      @Schema(format = "date-time") @Nullable String at) {}

  @Schema(name = "NewFrame")
  record NewFrame(long frame) {}

  @Schema(name = "LabelDraft")
  record LabelDraft(
      @Schema(description = "correct, false_positive or missed") String label,
      @Nullable String comment) {}

  @Schema(name = "Label")
  record Label(String decisionId, String label, @Nullable String comment) {}

  @Schema(name = "DecisionView")
  record DecisionView(
      String decisionId,
      String runId,
      long frame,
      String environmentId,
      String verdict,
      String effect,
      String mode,
      List<Object> reasons,
      String policySnapshot,
      List<Label> labels,
      @Nullable Long outcomeFrame) {}

  @Schema(name = "RunPage")
  record RunPage(List<RunSummary> runs, @Nullable String nextCursor) {}

  @Schema(name = "RunSummary")
  record RunSummary(
      String runId,
      String project,
      String environment,
      String environmentId,
      String firstAt,
      String lastAt,
      long frames,
      long decisions,
      long stopped,
      long warned,
      List<String> agents,
      List<String> tools,
      List<String> effects,
      List<String> rules,
      List<String> labels) {}

  @Schema(name = "RunWithFrames")
  record RunWithFrames(
      String runId,
      String project,
      String environment,
      String environmentId,
      long frameCount,
      List<FrameHeader> frames,
      @Nullable Long nextAfter) {}

  @Schema(name = "FrameHeader")
  record FrameHeader(
      long frame,
      String kind,
      String at,
      @Nullable Long step,
      @Nullable String tool,
      @Nullable String verdict,
      @Nullable String effect,
      @Nullable String decisionId,
      long sizeBytes) {}

  @Schema(
      name = "FrameDocument",
      description =
          "The frame's evidence after redaction; a value over 64 KiB is cut and names its download")
  record FrameDocument(
      long frame, String kind, String runId, String sha256, @Nullable SealedOriginals originals) {}

  @Schema(description = "There where something was sealed of the frame: sealed or shredded")
  record SealedOriginals(String state, @Nullable String shreddedAt) {}
}
