package dev.saferun.replay.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a person, or waited.
 *
 * @param decisionId the decision that held it, and the approval's own id
 * @param tool as the frame has it; null where redaction took it
 * @param callHash of tool and arguments as they were checked
 * @param stored where the row says that it stands; time may have gone on
 * @param decided who decided; null where nobody has
 * @param claimed that the agent took it; null where it has not
 */
public record Approval(
    UUID decisionId,
    UUID projectId,
    UUID environmentId,
    String runId,
    long frame,
    @Nullable String tool,
    byte[] callHash,
    Instant createdAt,
    Instant expiresAt,
    ApprovalState stored,
    @Nullable Decided decided,
    @Nullable Claimed claimed) {

  /** Who decided. */
  public record Decided(UUID by, String name, Instant at, @Nullable String comment) {}

  /**
   * That the agent took it.
   *
   * @param keyHash of the idempotency key that it came with; null where it came with none
   */
  public record Claimed(UUID by, Instant at, byte @Nullable [] keyHash) {}

  /** Where it stands at that time. */
  public ApprovalState state(Instant now) {
    boolean open =
        stored == ApprovalState.PENDING || (stored == ApprovalState.APPROVED && claimed == null);
    return open && !now.isBefore(expiresAt) ? ApprovalState.EXPIRED : stored;
  }

  Approval with(Decided by, Ruling ruling) {
    return changed(ruling.state(), by, claimed);
  }

  Approval with(Claimed by) {
    return changed(stored, decided, by);
  }

  private Approval changed(ApprovalState state, @Nullable Decided by, @Nullable Claimed taken) {
    return new Approval(
        decisionId,
        projectId,
        environmentId,
        runId,
        frame,
        tool,
        callHash,
        createdAt,
        expiresAt,
        state,
        by,
        taken);
  }
}
