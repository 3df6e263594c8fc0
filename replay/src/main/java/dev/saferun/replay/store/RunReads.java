package dev.saferun.replay.store;

import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads runs back: always within one organization, and within one environment for its keys. */
@Singleton
public final class RunReads {

  private final Database database;

  RunReads(Database database) {
    this.database = database;
  }

  /** What a list is narrowed to; absent facets narrow nothing. */
  public record Facets(
      @Nullable UUID projectId,
      @Nullable UUID environmentId,
      @Nullable String effect,
      @Nullable String tool,
      @Nullable String rule,
      @Nullable String agent,
      @Nullable String label,
      @Nullable OffsetDateTime from,
      @Nullable OffsetDateTime to) {}

  /** The place in the list after which a page begins: that of the last run of the page before. */
  public record Place(OffsetDateTime lastAt, UUID environmentId, String runId) {}

  /** A run as the list shows it. */
  public record RunLine(
      UUID projectId,
      UUID environmentId,
      String runId,
      OffsetDateTime firstAt,
      OffsetDateTime lastAt,
      long frames,
      long decisions,
      long stopped,
      long warned,
      List<String> agents,
      List<String> tools,
      List<String> effects,
      List<String> rules,
      List<String> labels) {}

  /** A frame without its evidence. */
  public record FrameLine(
      long frame,
      String kind,
      OffsetDateTime receivedAt,
      @Nullable Long step,
      @Nullable String tool,
      @Nullable String verdict,
      @Nullable String effect,
      @Nullable UUID decisionId,
      long sizeBytes) {}

  /** A frame's evidence and its hash, as they are kept. */
  public record StoredEvidence(
      UUID environmentId, String runId, long frame, byte[] evidence, byte[] sha256) {}

  /** A judgement on a decision. */
  public record LabelLine(
      String label, @Nullable String comment, UUID actorId, String actorName, OffsetDateTime at) {}

  /** What belongs to a decision beside its own frame. */
  public record AfterDecision(List<LabelLine> labels, @Nullable Long outcomeFrame) {}

  /** At most {@code limit} runs, the latest first. */
  public CompletionStage<List<RunLine>> runs(
      UUID organizationId, Facets facets, Optional<Place> after, int limit) {
    Tuple parameters =
        Tuple.tuple()
            .addValue(facets.projectId())
            .addValue(facets.environmentId())
            .addValue(facets.effect())
            .addValue(facets.tool())
            .addValue(facets.rule())
            .addValue(facets.agent())
            .addValue(facets.label())
            .addValue(facets.from())
            .addValue(facets.to())
            .addValue(limit)
            .addValue(organizationId);
    after.ifPresent(
        place ->
            parameters
                .addValue(place.lastAt())
                .addValue(place.environmentId())
                .addValue(place.runId()));
    String sql = ReadSql.runs(facets.environmentId() != null, after.isPresent());
    return rows(organizationId, sql, parameters, RunReads::run);
  }

  /** The runs of this name that the scope may see: one in each environment at most. */
  public CompletionStage<List<RunLine>> named(Scope scope, String runId) {
    return rows(
        scope.organizationId(),
        ReadSql.NAMED,
        Tuple.tuple().addValue(runId).addValue(scope.environmentId()).addValue(scope.projectId()).addValue(scope.organizationId()),
        RunReads::run);
  }

  /** The frames of a run in their order, after a number, without evidence. */
  public CompletionStage<List<FrameLine>> frames(
      UUID organizationId, UUID environmentId, String runId, long after, int limit) {
    return rows(
        organizationId,
        ReadSql.FRAMES,
        Tuple.of(environmentId, runId, after, limit),
        row ->
            new FrameLine(
                row.getLong(0),
                row.getString(1),
                row.getOffsetDateTime(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getUUID(7),
                row.getLong(8)));
  }

  public CompletionStage<Optional<StoredEvidence>> frame(
      UUID organizationId, UUID environmentId, String runId, long frame) {
    return rows(
            organizationId,
            ReadSql.FRAME,
            Tuple.of(environmentId, runId, frame),
            RunReads::evidence)
        .thenApply(found -> found.stream().findFirst());
  }

  /** The frame of a decision that the scope may see. */
  public CompletionStage<Optional<StoredEvidence>> decision(Scope scope, UUID decisionId) {
    return rows(
            scope.organizationId(),
            ReadSql.DECISION,
            Tuple.tuple()
                .addValue(decisionId)
                .addValue(scope.environmentId())
                .addValue(scope.projectId()).addValue(scope.organizationId()),
            RunReads::evidence)
        .thenApply(found -> found.stream().findFirst());
  }

  public CompletionStage<AfterDecision> afterDecision(UUID organizationId, UUID decisionId) {
    return rows(organizationId, ReadSql.LABELS, Tuple.of(decisionId), RunReads::label)
        .thenCombine(
            rows(organizationId, ReadSql.OUTCOME, Tuple.of(decisionId), row -> row.getLong(0)),
            (labels, outcomes) ->
                new AfterDecision(labels, outcomes.isEmpty() ? null : outcomes.getFirst()));
  }

  private static RunLine run(Row row) {
    return new RunLine(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        row.getOffsetDateTime(3),
        row.getOffsetDateTime(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        List.of(row.getArrayOfStrings(9)),
        List.of(row.getArrayOfStrings(10)),
        List.of(row.getArrayOfStrings(11)),
        List.of(row.getArrayOfStrings(12)),
        List.of(row.getArrayOfStrings(13)));
  }

  private static StoredEvidence evidence(Row row) {
    Buffer evidence = row.getBuffer(3);
    Buffer sha256 = row.getBuffer(4);
    return new StoredEvidence(
        row.getUUID(0), row.getString(1), row.getLong(2), evidence.getBytes(), sha256.getBytes());
  }

  private static LabelLine label(Row row) {
    return new LabelLine(
        row.getString(0),
        row.getString(1),
        row.getUUID(2),
        row.getString(3),
        row.getOffsetDateTime(4));
  }

  private <T> CompletionStage<List<T>> rows(
      UUID organizationId, String sql, Tuple parameters, Function<Row, T> of) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage())
        .thenApply(rows -> list(rows, of));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> of) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(of.apply(row)));
    return list;
  }
}
