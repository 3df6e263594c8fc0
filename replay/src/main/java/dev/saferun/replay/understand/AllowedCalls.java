package dev.saferun.replay.understand;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Recorded;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.PastCalls;
import dev.saferun.replay.proof.KeptCall;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The allowed calls of a project's environments, from their frames. */
@Singleton
final class AllowedCalls implements PastCalls {

  /** Each environment's newest by its index of actions by time. */
  private static final String PAGE =
      """
      select f.record_id, f.received_at, f.evidence,
        (select o.evidence from replay.frame o
          where o.decision_id = f.record_id and o.kind = 'outcome' order by o.frame limit 1)
      from unnest($1::uuid[]) as e (id) cross join lateral (
        select record_id, received_at, evidence from replay.frame
        where environment_id = e.id and kind = 'action' and verdict = 'allow'
          and (received_at, record_id) < ($2, $3)
        order by received_at desc, record_id desc limit $4) f
      order by f.received_at desc, f.record_id desc limit $4""";

  private final Database database;
  private final Environments environments;

  AllowedCalls(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  @Override
  public CompletionStage<Page> allowed(
      UUID organizationId, UUID projectId, Place before, int most) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfUUID(environmentsOf(projectId))
            .addOffsetDateTime(before.receivedAt().atOffset(ZoneOffset.UTC))
            .addUUID(before.recordId())
            .addInteger(most);
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(PAGE).execute(parameters).toCompletionStage())
        .thenApplyAsync(rows -> page(rows, most));
  }

  private UUID[] environmentsOf(UUID projectId) {
    return environments.ofProject(projectId).stream()
        .map(EnvironmentSettings::scope)
        .map(scope -> scope.requireEnvironment())
        .toArray(UUID[]::new);
  }

  private static Page page(RowSet<Row> rows, int most) {
    List<PastCall> calls = new ArrayList<>(rows.size());
    Place last = null;
    for (Row row : rows) {
      check(row.getBuffer(2)).ifPresent(call -> calls.add(new PastCall(call, result(row))));
      last = new Place(row.getOffsetDateTime(1).toInstant(), row.getUUID(0));
    }
    return new Page(calls, rows.size() < most ? null : last);
  }

  /** Empty where redaction took too much: then the call teaches nothing. */
  private static Optional<Check> check(Buffer evidence) {
    try {
      return KeptCall.of(tree(evidence)).map(KeptCall::call).map(Recorded::check);
    } catch (RuntimeException redacted) {
      return Optional.empty();
    }
  }

  private static @Nullable Object result(Row row) {
    Buffer outcome = row.getBuffer(3);
    return outcome == null ? null : tree(outcome).get("result");
  }

  private static Map<String, @Nullable Object> tree(Buffer evidence) {
    return Evidence.object(StrictJson.parse(evidence.getBytes(), KeptCall.DEPTH_MAX));
  }
}
