package dev.saferun.replay.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of approvals, for the OpenAPI document. */
final class ApprovalDocuments {

  private ApprovalDocuments() {}

  @Schema(name = "ApprovalPage")
  record Page(List<Line> approvals, @Nullable String nextCursor) {}

  /**
   * @param id of the approval and of its decision
   * @param state pending, approved, denied or expired
   * @param tool absent where redaction took it
   * @param callHash of tool and arguments as they were checked
   */
  @Schema(name = "ApprovalLine")
  record Line(
      String id,
      String state,
      String project,
      String environment,
      String environmentId,
      String runId,
      long frame,
      @Nullable String tool,
      String callHash,
      @Schema(format = "date-time") String createdAt,
      @Schema(format = "date-time") String expiresAt,
      @Schema(format = "date-time") @Nullable String decidedAt,
      @Nullable Person decidedBy,
      @Nullable String comment,
      @Schema(format = "date-time") @Nullable String claimedAt) {}

  @Schema(name = "ApprovalPerson")
  record Person(String id, String name) {}

  /**
   * @param action as the frame has it, after redaction; a value over 64 KiB is cut and names its
   *     download
   * @param userRequest as the frame has it
   * @param reasons why it was held
   * @param redaction what was taken from the frame, or replaced in it
   */
  @Schema(name = "Approval")
  record Whole(
      String id,
      String state,
      String project,
      String environment,
      String environmentId,
      String runId,
      long frame,
      @Nullable String tool,
      String callHash,
      @Schema(format = "date-time") String createdAt,
      @Schema(format = "date-time") String expiresAt,
      @Schema(format = "date-time") @Nullable String decidedAt,
      @Nullable Person decidedBy,
      @Nullable String comment,
      @Schema(format = "date-time") @Nullable String claimedAt,
      Map<String, Object> agent,
      Map<String, Object> action,
      @Nullable Object userRequest,
      List<Object> reasons,
      Map<String, Object> redaction,
      Links links) {}

  /** Addresses below this one's host. */
  @Schema(name = "ApprovalLinks")
  record Links(String run, String frame, String decision) {}

  /**
   * @param callHash of the call that the reviewer saw
   * @param comment at most 1000 characters; the agent and the audit log get it
   */
  @Schema(name = "ApprovalDecision")
  record DecisionBody(String callHash, @Nullable String comment) {}

  @Schema(name = "ApprovalClaim")
  record ClaimBody(ClaimedAction action) {}

  /** The action as it was checked; {@code call_id} and {@code description} are not compared. */
  @Schema(name = "ClaimedAction")
  record ClaimedAction(
      String tool,
      Map<String, Object> arguments,
      @Nullable String callId,
      @Nullable String description) {}

  /**
   * @param effect proceed
   */
  @Schema(name = "ApprovalClaimed")
  record Claimed(
      String effect, String id, String state, @Schema(format = "date-time") String claimedAt) {}
}
