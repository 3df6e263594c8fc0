package dev.saferun.replay.store;

import dev.saferun.evaluator.RunState;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.PastRuns;
import dev.saferun.replay.capture.RunKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the database knows of earlier calls. */
@Singleton
final class StoredRuns implements PastRuns {

  private static final int PAGE = 10_000;

  private static final String TAIL =
      """
      select (select max(frame) from replay.frame where environment_id = $1 and run_id = $2),
        (select evidence from replay.frame where environment_id = $1 and run_id = $2
          and kind = 'action' order by frame desc limit 1),
        array(select evidence from replay.frame where environment_id = $1 and run_id = $2
          and kind = 'outcome' and frame > coalesce((select max(frame) from replay.frame
            where environment_id = $1 and run_id = $2 and kind = 'action'), 0)
          order by frame limit 256)
      """;

  private static final String FRAMES =
      """
      select record_id, evidence from (
        select frame, record_id, evidence, sum(octet_length(evidence)) over (order by frame desc) as bytes
        from (select frame, record_id, evidence from replay.frame where environment_id = $1 and run_id = $2
          order by frame desc limit $3) newest) sized
      where bytes <= $4 order by frame
      """;

  private static final String DECISION =
      """
      select project_id, environment_id, run_id, frame from replay.frame
      where decision_id = $1 and kind = 'action'
      """;

  private static final String ANSWERED =
      """
      select idempotency_body_sha256, evidence from replay.frame
      where environment_id = $1 and idempotency_key_hash = $2 and received_at >= $3
      """;

  private static final String RUNS_PAGE =
      """
      select environment_id, run_id from replay.run
      where (environment_id, run_id) > ($1, $2) order by environment_id, run_id limit 10000
      """;

  private static final String KEYS_PAGE =
      """
      select environment_id, idempotency_key_hash from replay.frame
      where idempotency_key_hash is not null and received_at >= $3
        and (environment_id, idempotency_key_hash) > ($1, $2)
      order by environment_id, idempotency_key_hash limit 10000
      """;

  private final Database database;

  StoredRuns(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Optional<Tail>> tail(RunKey run) {
    return first(
        run.organizationId(),
        TAIL,
        Tuple.of(run.environmentId(), run.runId()),
        row -> row.getLong(0) == null ? Optional.empty() : Optional.of(tail(row)));
  }

  private static Tail tail(Row row) {
    byte[] lastAction = row.getBuffer(1) == null ? null : row.getBuffer(1).getBytes();
    if (lastAction == null) {
      return new Tail(RunState.NEW, row.getLong(0));
    }
    RunState state = Evidence.stateAfter(evidence(lastAction));
    for (Buffer outcome : row.getArrayOfBuffers(2)) {
      state = Evidence.stateAfter(state, evidence(outcome.getBytes()));
    }
    return new Tail(state, row.getLong(0));
  }

  private static Map<String, @Nullable Object> evidence(byte[] json) {
    return Evidence.object(StrictJson.parse(json, FrameRow.DEPTH_MAX));
  }

  @Override
  public CompletionStage<List<PastFrame>> frames(RunKey run, int framesMax, int bytesMax) {
    return rows(
            run.organizationId(),
            FRAMES,
            Tuple.of(run.environmentId(), run.runId(), framesMax, (long) bytesMax))
        .thenApply(
            rows -> {
              List<PastFrame> frames = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> frames.add(new PastFrame(row.getUUID(0), row.getBuffer(1).getBytes())));
              return frames;
            });
  }

  @Override
  public CompletionStage<Optional<DecisionPlace>> decision(UUID organizationId, UUID decisionId) {
    return first(
        organizationId,
        DECISION,
        Tuple.of(decisionId),
        row ->
            Optional.of(
                new DecisionPlace(
                    new RunKey(organizationId, row.getUUID(0), row.getUUID(1), row.getString(2)),
                    row.getLong(3))));
  }

  @Override
  public CompletionStage<Optional<Answered>> answered(
      UUID organizationId, UUID environmentId, byte[] keyHash, Instant since) {
    return first(
        organizationId,
        ANSWERED,
        Tuple.of(environmentId, Buffer.buffer(keyHash), since.atOffset(ZoneOffset.UTC)),
        row -> Optional.of(new Answered(row.getBuffer(0).getBytes(), row.getBuffer(1).getBytes())));
  }

  private <T> CompletionStage<Optional<T>> first(
      UUID organizationId, String sql, Tuple parameters, Function<Row, Optional<T>> of) {
    return rows(organizationId, sql, parameters)
        .thenApply(
            rows -> {
              RowIterator<Row> found = rows.iterator();
              return found.hasNext() ? of.apply(found.next()) : Optional.empty();
            });
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }

  @Override
  public CompletionStage<Void> eachRun(Consumer<Long> hash) {
    return eachOrganization(organization -> runsAfter(organization, new UUID(0, 0), "", hash));
  }

  private CompletionStage<Void> runsAfter(
      UUID organization, UUID environment, String runId, Consumer<Long> hash) {
    return rows(organization, RUNS_PAGE, Tuple.of(environment, runId))
        .thenCompose(
            page -> {
              Row last = null;
              for (Row row : page) {
                hash.accept(RunKey.hash(row.getUUID(0), row.getString(1)));
                last = row;
              }
              return last == null || page.size() < PAGE
                  ? CompletableFuture.completedFuture(null)
                  : runsAfter(organization, last.getUUID(0), last.getString(1), hash);
            });
  }

  @Override
  public CompletionStage<Void> eachIdempotencyKey(Instant since, Consumer<Long> hash) {
    return eachOrganization(
        organization ->
            keysAfter(
                organization,
                Tuple.of(new UUID(0, 0), Buffer.buffer(), since.atOffset(ZoneOffset.UTC)),
                hash));
  }

  private CompletionStage<Void> keysAfter(UUID organization, Tuple after, Consumer<Long> hash) {
    return rows(organization, KEYS_PAGE, after)
        .thenCompose(
            page -> {
              Row last = null;
              for (Row row : page) {
                hash.accept(ByteBuffer.wrap(row.getBuffer(1).getBytes()).getLong());
                last = row;
              }
              return last == null || page.size() < PAGE
                  ? CompletableFuture.completedFuture(null)
                  : keysAfter(
                      organization,
                      Tuple.of(last.getUUID(0), last.getBuffer(1), after.getValue(2)),
                      hash);
            });
  }

  private CompletionStage<Void> eachOrganization(Function<UUID, CompletionStage<Void>> read) {
    return database
        .organizationIds()
        .thenCompose(
            organizations -> {
              CompletionStage<Void> all = CompletableFuture.completedFuture(null);
              for (UUID organization : organizations) {
                all = all.thenCompose(before -> read.apply(organization));
              }
              return all;
            });
  }
}
