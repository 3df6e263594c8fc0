package dev.saferun.replay.proof;

import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RecordedCalls;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Settled;
import dev.saferun.tenancy.Environments;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Gives the evaluator the calls that were recorded, to hold its rules against. */
@Singleton
final class StoredCalls implements RecordedCalls {

  private static final String ONE =
      """
      select evidence from replay.frame
      where decision_id = $1 and project_id = $2 and kind = 'action'""";

  private static final String RECENT =
      """
      select frame.evidence from unnest($1::uuid[]) as one (id)
      cross join lateral (
        select evidence from replay.frame
        where environment_id = one.id and kind = 'action'
        order by received_at desc, record_id desc limit $2) frame
      limit $2""";

  private final Database database;
  private final Environments environments;
  private final Settled settled;

  StoredCalls(Database database, Environments environments, Settled settled) {
    this.database = database;
    this.environments = environments;
    this.settled = settled;
  }

  @Override
  public CompletionStage<Optional<Recorded>> find(
      UUID organizationId, UUID projectId, UUID decisionId) {
    return settled
        .now()
        .thenCompose(all -> rows(organizationId, ONE, Tuple.of(decisionId, projectId)))
        .thenApply(rows -> calls(rows).stream().findFirst());
  }

  @Override
  public CompletionStage<List<Recorded>> recent(UUID organizationId, UUID projectId, int most) {
    UUID[] all =
        environments.ofProject(projectId).stream()
            .map(one -> one.scope().requireEnvironment())
            .toArray(UUID[]::new);
    return rows(organizationId, RECENT, Tuple.of(all, most)).thenApply(StoredCalls::calls);
  }

  private static List<Recorded> calls(RowSet<Row> rows) {
    List<Recorded> calls = new ArrayList<>(rows.size());
    for (Row row : rows) {
      KeptCall.of(
              Evidence.object(StrictJson.parse(row.getBuffer(0).getBytes(), KeptCall.DEPTH_MAX)))
          .ifPresent(kept -> calls.add(kept.call()));
    }
    return calls;
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
