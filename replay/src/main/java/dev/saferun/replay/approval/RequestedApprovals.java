package dev.saferun.replay.approval;

import dev.saferun.audit.AuditLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes approvals for the drain, in the transaction of their frames: with the frame, or not at all.
 */
@Singleton
public final class RequestedApprovals {

  private static final String INSERT =
      """
      insert into replay.approval (organization_id, project_id, environment_id, decision_id, run_id,
        frame, tool, call_hash, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;

  private final AuditLog audit;

  public RequestedApprovals(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * Writes them, each with its audit event.
   *
   * @param requested of frames that the database did not have before
   */
  public CompletionStage<Void> write(
      SqlConnection connection, UUID organizationId, List<RequestedApproval> requested) {
    if (requested.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return connection
        .preparedQuery(INSERT)
        .executeBatch(requested.stream().map(one -> row(organizationId, one)).toList())
        .toCompletionStage()
        .thenCompose(
            inserted ->
                audit.record(
                    connection,
                    requested.stream()
                        .map(one -> ApprovalEvents.requested(organizationId, one))
                        .toList()));
  }

  private static Tuple row(UUID organizationId, RequestedApproval requested) {
    return Tuple.tuple()
        .addValue(organizationId)
        .addValue(requested.projectId())
        .addValue(requested.environmentId())
        .addValue(requested.decisionId())
        .addValue(requested.runId())
        .addValue(requested.frame())
        .addValue(requested.tool())
        .addValue(Buffer.buffer(requested.callHash()))
        .addValue(time(requested.createdAt()))
        .addValue(time(requested.expiresAt()));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
