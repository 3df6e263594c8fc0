package dev.saferun.evaluator.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a check and of its answer, for the API's description only: the hot path reads and
 * writes trees.
 */
final class CheckDocuments {

  private CheckDocuments() {}

  /**
   * @param runId names the run; 1 to 200 characters
   * @param step the client's own step number
   * @param at when the agent asked, as RFC 3339 writes it
   */
  record Request(
      String runId,
      @Nullable Long step,
      @Nullable Agent agent,
      Action action,
      @Nullable Context context,
      @Nullable String at) {}

  record Agent(@Nullable String name, @Nullable String version, @Nullable String model) {}

  /**
   * The call that asks to happen.
   *
   * @param description what the agent was told that the tool does, at most 4096 characters; it
   *     tells the tool's effect where its name does not
   */
  record Action(
      String tool,
      Map<String, Object> arguments,
      @Nullable String callId,
      @Nullable String description) {}

  /**
   * All that the agent knew when it asked.
   *
   * @param plan any JSON
   * @param state any JSON
   */
  record Context(
      @Nullable String userRequest,
      @Nullable Object plan,
      @Nullable String reasoning,
      @Nullable List<Passage> retrieved,
      @Nullable Object state,
      @Nullable List<Object> messages) {}

  /**
   * @param source where the passage was found
   * @param content any JSON
   */
  record Passage(@Nullable String source, Object content) {}

  /**
   * @param frame the number of the run's frame that holds the decision; absent where it is not
   *     recorded
   * @param verdict allow, flag, escalate or deny
   * @param effect proceed, proceed_with_warning, wait_for_approval or stop
   * @param mode log, warn or block
   * @param approval where the effect is wait_for_approval and the decision is recorded
   */
  record Answer(
      String decisionId,
      String runId,
      @Nullable Long frame,
      String verdict,
      String effect,
      String mode,
      List<ReasonDocument> reasons,
      String policySnapshot,
      EvaluatorDocument evaluator,
      boolean recorded,
      @Nullable ApprovalDocument approval) {}

  /**
   * @param url to ask what became of it, and below it {@code /claim}
   * @param callHash of tool and arguments as they were checked; what may be approved and claimed
   * @param expiresAt until when
   */
  record ApprovalDocument(String id, String url, String callHash, String expiresAt) {}

  /**
   * @param source the rule's name, or the guard's
   * @param version the rule's version; absent for a guard
   */
  record ReasonDocument(
      String kind,
      String source,
      @Nullable Integer version,
      String verdict,
      String message,
      @Nullable Map<String, Object> details) {}

  record EvaluatorDocument(String version) {}
}
