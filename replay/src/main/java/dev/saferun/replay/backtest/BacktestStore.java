package dev.saferun.replay.backtest;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.evaluator.BacktestEvidence;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Backtests in the database. */
@Singleton
class BacktestStore implements BacktestEvidence {

  private static final String INSERT =
      """
      insert into replay.backtest (organization_id, project_id, environment_id, id, request, policy,
        rule_versions, state, report, author_id, author_name, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9, $10, now())""";

  private static final String UPDATE =
      """
      update replay.backtest set state = $2, report = $3,
        ended_at = case when $2 in ('queued', 'running') then null else now() end
      where id = $1""";

  private static final String INTERRUPT =
      """
      update replay.backtest set state = 'interrupted', ended_at = now()
      where state in ('queued', 'running') and created_at < $1""";

  private static final String COLUMNS =
      """
      select id, project_id, environment_id, request, policy, state, report, author_name,
        created_at, ended_at
      from replay.backtest
      """;

  private static final String ONE = COLUMNS + "where id = $1";

  private static final String PAGE =
      COLUMNS + "where project_id = $1 and id < $2 order by id desc limit $3";

  private static final String EVIDENCE =
      """
      select state, rule_versions, (report::jsonb->'coverage'->>'replayed')::bigint as replayed,
        coalesce((report::jsonb->>'would_stop')::bigint, 0) as would_stop
      from replay.backtest where id = $1 and project_id = $2""";

  private final Database database;
  private final AuditLog audit;

  BacktestStore(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Writes down that it begins, with its audit event. */
  CompletionStage<Void> insert(
      UUID id,
      Scope environment,
      Actor by,
      Map<String, @Nullable Object> request,
      String policy,
      List<UUID> ruleVersions,
      Map<String, @Nullable Object> report) {
    Tuple row =
        Tuple.tuple()
            .addValue(environment.organizationId())
            .addValue(environment.requireProject())
            .addValue(environment.requireEnvironment())
            .addValue(id)
            .addValue(text(request))
            .addValue(policy)
            .addValue(ruleVersions.toArray(UUID[]::new))
            .addValue(text(report))
            .addValue(by.id())
            .addValue(by.name());
    Map<String, @Nullable Object> after = new LinkedHashMap<>(request);
    after.put("environment_id", environment.requireEnvironment().toString());
    return database.inConnection(
        environment.organizationId(),
        connection ->
            connection
                .preparedQuery(INSERT)
                .execute(row)
                .toCompletionStage()
                .thenCompose(
                    inserted ->
                        audit.record(connection, List.of(event(by, "backtest.begun", id, after)))));
  }

  /** The audit log holds it before the backtest is asked to stop. */
  CompletionStage<Void> cancelling(Actor by, UUID id) {
    return database.inSession(
        by.organizationId(),
        session -> audit.record(session, event(by, "backtest.cancelled", id, null)));
  }

  private static AuditEvent event(
      Actor by, String code, UUID id, @Nullable Map<String, @Nullable Object> after) {
    return new AuditEvent(by, code, "backtest:" + id, null, after);
  }

  CompletionStage<Void> update(
      UUID organizationId, UUID id, String state, Map<String, @Nullable Object> report) {
    return rows(organizationId, UPDATE, Tuple.of(id, state, text(report)))
        .thenAccept(updated -> {});
  }

  /** What ran when this node went down did not survive it, and says so. */
  CompletionStage<Void> interrupt(UUID organizationId, Instant before) {
    return rows(organizationId, INTERRUPT, Tuple.of(before.atOffset(ZoneOffset.UTC)))
        .thenAccept(updated -> {});
  }

  CompletionStage<Optional<BacktestRow>> find(UUID organizationId, UUID id) {
    return rows(organizationId, ONE, Tuple.of(id))
        .thenApply(rows -> all(rows).stream().findFirst());
  }

  /** The project's backtests before one, the newest first. */
  CompletionStage<List<BacktestRow>> page(
      UUID organizationId, UUID projectId, UUID before, int count) {
    return rows(organizationId, PAGE, Tuple.of(projectId, before, count))
        .thenApply(BacktestStore::all);
  }

  @Override
  public CompletionStage<Optional<Finding>> find(
      UUID organizationId, UUID projectId, UUID backtestId) {
    return rows(organizationId, EVIDENCE, Tuple.of(backtestId, projectId))
        .thenApply(
            rows -> {
              for (Row row : rows) {
                return Optional.of(finding(row));
              }
              return Optional.empty();
            });
  }

  private static Finding finding(Row row) {
    return new Finding(
        row.getString("state").equals("finished"),
        Set.of(row.getArrayOfUUIDs("rule_versions")),
        row.getLong("replayed"),
        row.getLong("would_stop"),
        0);
  }

  private static List<BacktestRow> all(RowSet<Row> rows) {
    List<BacktestRow> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(of(row)));
    return all;
  }

  private static BacktestRow of(Row row) {
    return new BacktestRow(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        tree(row.getString(3)),
        row.getString(4),
        row.getString(5),
        tree(row.getString(6)),
        row.getString(7),
        row.getOffsetDateTime(8),
        row.getOffsetDateTime(9));
  }

  private static String text(Map<String, @Nullable Object> tree) {
    return new String(CanonicalJson.write(tree), StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> tree(String json) {
    return Evidence.object(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
