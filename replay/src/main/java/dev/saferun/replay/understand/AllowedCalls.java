package dev.saferun.replay.understand;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Recorded;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.PastCalls;
import dev.saferun.replay.capture.Unsealing;
import dev.saferun.replay.capture.Unsealing.Kept;
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
      select f.record_id, f.received_at, f.evidence, o.record_id, o.evidence
      from (select one.* from unnest($1::uuid[]) as e (id) cross join lateral (
          select record_id, received_at, evidence from replay.frame
          where environment_id = e.id and kind = 'action' and verdict = 'allow'
            and (received_at, record_id) < ($2, $3)
          order by received_at desc, record_id desc limit $4) one
        order by one.received_at desc, one.record_id desc limit $4) f
      left join lateral (
        select record_id, evidence from replay.frame
        where decision_id = f.record_id and kind = 'outcome' order by frame limit 1) o on true
      order by f.received_at desc, f.record_id desc""";

  private final Database database;
  private final Environments environments;
  private final Unsealing unsealing;

  AllowedCalls(Database database, Environments environments, Unsealing unsealing) {
    this.database = database;
    this.environments = environments;
    this.unsealing = unsealing;
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
        .thenApplyAsync(AllowedCalls::documents)
        .thenCompose(
            documents ->
                unsealing
                    .whole(organizationId, documents.kept())
                    .thenApplyAsync(whole -> page(documents, whole, most)));
  }

  private UUID[] environmentsOf(UUID projectId) {
    return environments.ofProject(projectId).stream()
        .map(EnvironmentSettings::scope)
        .map(scope -> scope.requireEnvironment())
        .toArray(UUID[]::new);
  }

  /**
   * The documents of a page: of each call its action, and its outcome where there is one.
   *
   * @param places where each action stands, in the order of the page
   * @param outcomes of each action, whether its outcome follows it among the documents
   */
  private record Documents(List<Kept> kept, List<Place> places, List<Boolean> outcomes) {}

  private static Documents documents(RowSet<Row> rows) {
    Documents documents =
        new Documents(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(rows.size()));
    for (Row row : rows) {
      documents.places.add(new Place(row.getOffsetDateTime(1).toInstant(), row.getUUID(0)));
      documents.kept.add(new Kept(row.getUUID(0), tree(row.getBuffer(2))));
      boolean hasOutcome = row.getUUID(3) != null;
      documents.outcomes.add(hasOutcome);
      if (hasOutcome) {
        documents.kept.add(new Kept(row.getUUID(3), tree(row.getBuffer(4))));
      }
    }
    return documents;
  }

  /** What was sealed is in its place: a history that forgot it at a restart would find all new. */
  private static Page page(
      Documents documents, List<Map<String, @Nullable Object>> whole, int most) {
    List<PastCall> calls = new ArrayList<>(documents.places.size());
    int next = 0;
    for (boolean hasOutcome : documents.outcomes) {
      Map<String, @Nullable Object> action = whole.get(next++);
      Object result = hasOutcome ? whole.get(next++).get("result") : null;
      check(action).ifPresent(call -> calls.add(new PastCall(call, result)));
    }
    boolean isLast = documents.places.size() < most;
    return new Page(calls, isLast ? null : documents.places.getLast());
  }

  /** Empty where redaction took too much: then the call teaches nothing. */
  private static Optional<Check> check(Map<String, @Nullable Object> action) {
    try {
      return KeptCall.of(action).map(KeptCall::call).map(Recorded::check);
    } catch (RuntimeException redacted) {
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> tree(Buffer evidence) {
    return Evidence.object(StrictJson.parse(evidence.getBytes(), KeptCall.DEPTH_MAX));
  }
}
