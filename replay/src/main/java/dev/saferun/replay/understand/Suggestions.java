package dev.saferun.replay.understand;

import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RuleSuggestion;
import dev.saferun.evaluator.RuleSuggestions;
import dev.saferun.evaluator.RuleSuggestions.Other;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.proof.KeptCall;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Rules that would have stopped a recorded call, held against the other calls of its tool. */
@Singleton
public final class Suggestions {

  /** So many other calls of the tool are looked at, the newest. */
  private static final int OTHERS_MAX = 2_000;

  private static final String OTHERS =
      """
      select f.evidence, f.verdict,
        (select l.label from replay.label l where l.decision_id = f.record_id
         order by l.at desc limit 1)
      from replay.frame f
      where f.environment_id = $1 and f.kind = 'action' and f.tool = $2 and f.record_id <> $3
      order by f.received_at desc limit $4""";

  private final Database database;

  Suggestions(Database database) {
    this.database = database;
  }

  /**
   * The document of the suggestions, the best first.
   *
   * @param arguments JSON Pointers of the arguments to look at; all where there are none
   */
  public CompletionStage<Map<String, @Nullable Object>> of(
      UUID organizationId, UUID decisionId, StoredEvidence stored, Set<String> arguments) {
    Recorded call =
        recorded(stored.evidence())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ReplayProblem.NOT_EXPLAINABLE,
                        "redaction took a part of what the decision had from its run"));
    return database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(OTHERS)
                    .execute(
                        Tuple.of(
                            stored.environmentId(), call.check().tool(), decisionId, OTHERS_MAX))
                    .toCompletionStage())
        .thenApplyAsync(rows -> document(call, arguments, others(rows)));
  }

  private static Map<String, @Nullable Object> document(
      Recorded call, Set<String> arguments, List<Other> others) {
    long bad = others.stream().filter(Other::bad).count();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tool", call.check().tool());
    json.put("held_against", (long) others.size());
    json.put("of_them_bad", bad);
    json.put(
        "suggestions",
        RuleSuggestions.of(call, arguments, others).stream().map(RuleSuggestion::toJson).toList());
    return json;
  }

  private static List<Other> others(RowSet<Row> rows) {
    List<Other> others = new ArrayList<>();
    for (Row row : rows) {
      boolean bad = isBad(row.getString(2), row.getString(1));
      recorded(row.getBuffer(0).getBytes()).ifPresent(call -> others.add(new Other(call, bad)));
    }
    return others;
  }

  private static boolean isBad(@Nullable String label, @Nullable String verdict) {
    boolean refused = verdict != null && !verdict.equals("allow");
    return label == null ? refused : LabelledCalls.isBad(label, String.valueOf(verdict));
  }

  private static Optional<Recorded> recorded(byte[] evidence) {
    try {
      return KeptCall.of(Evidence.object(StrictJson.parse(evidence, KeptCall.DEPTH_MAX)))
          .map(KeptCall::call);
    } catch (RuntimeException redacted) {
      return Optional.empty();
    }
  }
}
