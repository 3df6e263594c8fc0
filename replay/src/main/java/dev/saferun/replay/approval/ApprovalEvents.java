package dev.saferun.replay.approval;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Actor;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit log is told of approvals; an agent that waits may be told by the same events. */
final class ApprovalEvents {

  private static final HexFormat HEX = HexFormat.of();

  private ApprovalEvents() {}

  /** The drain writes it: which key asked stands in no frame. */
  static AuditEvent requested(UUID organizationId, RequestedApproval requested) {
    Map<String, @Nullable Object> after =
        place(
            requested.environmentId(), requested.runId(), requested.frame(), requested.callHash());
    after.put("tool", requested.tool());
    after.put("expires_at", requested.expiresAt().toString());
    return new AuditEvent(
        Actor.appliance(organizationId),
        "approval.requested",
        target(requested.decisionId()),
        null,
        after);
  }

  static AuditEvent decided(Actor by, Approval approval, Ruling ruling, @Nullable String comment) {
    Map<String, @Nullable Object> after = place(approval);
    after.put("state", ruling.state().wire());
    if (comment != null) {
      after.put("comment", comment);
    }
    return new AuditEvent(
        by,
        switch (ruling) {
          case APPROVE -> "approval.approved";
          case DENY -> "approval.denied";
        },
        target(approval.decisionId()),
        before(approval),
        after);
  }

  static AuditEvent claimed(Actor by, Approval approval) {
    return new AuditEvent(
        by, "approval.claimed", target(approval.decisionId()), before(approval), place(approval));
  }

  static AuditEvent mismatch(Actor by, Approval approval) {
    return AuditEvent.failed(
        by, "approval.mismatch", target(approval.decisionId()), place(approval));
  }

  static List<AuditEvent> expired(UUID organizationId, List<Approval> approvals) {
    return approvals.stream().map(approval -> expired(organizationId, approval)).toList();
  }

  private static AuditEvent expired(UUID organizationId, Approval approval) {
    Map<String, @Nullable Object> after = place(approval);
    after.put("state", ApprovalState.EXPIRED.wire());
    after.put("expires_at", approval.expiresAt().toString());
    return new AuditEvent(
        Actor.appliance(organizationId),
        "approval.expired",
        target(approval.decisionId()),
        before(approval),
        after);
  }

  private static Map<String, @Nullable Object> before(Approval approval) {
    return Map.of("state", approval.stored().wire());
  }

  private static Map<String, @Nullable Object> place(Approval approval) {
    return place(approval.environmentId(), approval.runId(), approval.frame(), approval.callHash());
  }

  private static Map<String, @Nullable Object> place(
      UUID environmentId, String runId, long frame, byte[] callHash) {
    Map<String, @Nullable Object> place = new LinkedHashMap<>();
    place.put("environment", environmentId.toString());
    place.put("run_id", runId);
    place.put("frame", frame);
    place.put("call_hash", HEX.formatHex(callHash));
    return place;
  }

  private static String target(UUID decisionId) {
    return "approval:" + decisionId;
  }
}
