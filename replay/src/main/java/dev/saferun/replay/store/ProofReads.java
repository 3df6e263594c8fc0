package dev.saferun.replay.store;

import dev.saferun.platform.Database;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads evidence to be proven: whole runs in pages, and decisions picked at random. */
@Singleton
public final class ProofReads {

  /** At least one frame, and no more than the bytes say. */
  private static final String PAGE =
      """
      select frame, kind, policy_snapshot, evidence, evidence_sha256
      from (
        select *, sum(octet_length(evidence)) over (order by frame) as upto,
          row_number() over (order by frame) as place
        from (
          select frame, kind, policy_snapshot, evidence, evidence_sha256 from replay.frame
          where environment_id = $1 and run_id = $2 and frame > $3 order by frame limit $4
        ) next
      ) page
      where place = 1 or upto <= $5 order by frame
      """;

  /**
   * Runs are picked with the weight of their decisions, without putting one back, so that each
   * decision has about the same chance; then decisions within them, one a run where there are
   * enough runs. Only the rows of runs are gone through.
   */
  private static final String SAMPLE =
      """
      with chosen as materialized (
        select environment_id, run_id from replay.run where decisions > 0
        order by -ln(1 - random()) / decisions limit $1
      )
      select picked.project_id, picked.environment_id, picked.decision_id
      from chosen cross join lateral (
        select project_id, environment_id, decision_id from replay.frame
        where environment_id = chosen.environment_id and run_id = chosen.run_id and kind = 'action'
        order by random() limit ceil($1::numeric / (select count(*) from chosen))::bigint
      ) picked
      order by random() limit $1
      """;

  private final Database database;

  ProofReads(Database database) {
    this.database = database;
  }

  /** A frame as it is kept, with the snapshot that its row names. */
  public record KeptFrame(StoredEvidence stored, String kind, @Nullable String snapshot) {}

  /** Where a decision was made. */
  public record Picked(UUID projectId, UUID environmentId, UUID decisionId) {}

  /** The next frames of a run: at most that many frames and bytes, but one at least. */
  public CompletionStage<List<KeptFrame>> page(
      UUID organizationId, UUID environmentId, String runId, long after, int frames, long bytes) {
    return rows(
        organizationId,
        PAGE,
        Tuple.of(environmentId, runId, after, frames, bytes),
        row ->
            new KeptFrame(
                new StoredEvidence(
                    environmentId,
                    runId,
                    row.getLong(0),
                    row.getBuffer(3).getBytes(),
                    row.getBuffer(4).getBytes()),
                row.getString(1),
                row.getString(2)));
  }

  /** At most that many decisions of an organization, in no order. */
  public CompletionStage<List<Picked>> sample(UUID organizationId, int most) {
    return rows(
        organizationId,
        SAMPLE,
        Tuple.of(most),
        row -> new Picked(row.getUUID(0), row.getUUID(1), row.getUUID(2)));
  }

  private <T> CompletionStage<List<T>> rows(
      UUID organizationId, String sql, Tuple parameters, Function<Row, T> of) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage())
        .thenApply(
            rows -> {
              List<T> list = new ArrayList<>(rows.size());
              rows.forEach(row -> list.add(of.apply(row)));
              return list;
            });
  }
}
