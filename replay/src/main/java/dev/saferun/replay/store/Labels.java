package dev.saferun.replay.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes labels, each with its audit event; one that is there already is not told of again. */
@Singleton
final class Labels {

  private final AuditLog audit;

  Labels(AuditLog audit) {
    this.audit = audit;
  }

  CompletionStage<Void> write(
      SqlConnection connection, UUID organizationId, List<FrameRow> labels) {
    if (labels.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return insert(connection, organizationId, labels)
        .thenCompose(
            added ->
                audit.record(
                    connection, added.stream().map(row -> event(organizationId, row)).toList()))
        .thenCompose(audited -> showOnRuns(connection, labels));
  }

  /** Inserts and gives back those that were not there yet. */
  private static CompletionStage<List<FrameRow>> insert(
      SqlConnection connection, UUID organizationId, List<FrameRow> labels) {
    Tuple columns =
        new Columns<>(labels)
            .value(organizationId)
            .column(UUID[]::new, row -> row.entry().header().project())
            .column(UUID[]::new, FrameRow::environmentId)
            .column(UUID[]::new, FrameRow::recordId)
            .column(UUID[]::new, FrameRow::decisionId)
            .column(String[]::new, row -> row.text("label"))
            .column(String[]::new, row -> row.text("comment"))
            .column(UUID[]::new, Labels::actorId)
            .column(String[]::new, row -> row.in("actor", "name"))
            .column(OffsetDateTime[]::new, FrameRow::receivedAt)
            .column(Buffer[]::new, row -> Buffer.buffer(row.entry().body()))
            .column(Buffer[]::new, row -> Buffer.buffer(row.entry().bodySha256()))
            .tuple();
    return connection
        .preparedQuery(FrameSql.LABEL)
        .execute(columns)
        .map(
            inserted -> {
              Set<UUID> added = new HashSet<>();
              inserted.forEach(row -> added.add(row.getUUID(0)));
              return labels.stream().filter(row -> added.contains(row.recordId())).toList();
            })
        .toCompletionStage();
  }

  private static CompletionStage<Void> showOnRuns(SqlConnection connection, List<FrameRow> labels) {
    UUID[] decisions = labels.stream().map(FrameRow::decisionId).toArray(UUID[]::new);
    return connection
        .preparedQuery(FrameSql.LABEL_RUNS)
        .execute(Tuple.of(decisions))
        .<Void>mapEmpty()
        .toCompletionStage();
  }

  private static AuditEvent event(UUID organizationId, FrameRow row) {
    Map<String, @Nullable Object> after = new LinkedHashMap<>();
    after.put("label", row.text("label"));
    after.put("at", row.receivedAt().toInstant().toString());
    after.put("environment", row.environmentId().toString());
    return new AuditEvent(
        actor(organizationId, row),
        "decision.labelled",
        "decision:" + row.decisionId(),
        null,
        after);
  }

  private static Actor actor(UUID organizationId, FrameRow row) {
    return new Actor(
        kind(row),
        actorId(row),
        Objects.requireNonNullElse(row.in("actor", "name"), ""),
        new Scope(organizationId, null, null),
        Access.NONE,
        row.text("request_id"),
        row.text("address"));
  }

  /** Records from before it was kept are taken for the least that a caller can be. */
  private static Actor.Kind kind(FrameRow row) {
    String kind = row.text("actor_kind");
    return kind == null ? Actor.Kind.AGENT : Actor.Kind.valueOf(kind);
  }

  private static UUID actorId(FrameRow row) {
    return UUID.fromString(String.valueOf(row.in("actor", "id")));
  }
}
