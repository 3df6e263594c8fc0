package dev.saferun.replay.understand;

import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.LabelledCall;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The decisions of a project that somebody labelled, with what was measured of their calls. */
@Singleton
class LabelledCalls {

  /** So many labels at most, the newest. */
  static final int LABELS_MAX = 50_000;

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String SELECT =
      """
      select f.run_id, f.evidence, latest.label, f.environment_id
      from (
        select distinct on (decision_id) decision_id, label, at from replay.label
        where project_id = $1 and ($2::uuid is null or environment_id = $2)
        order by decision_id, at desc) latest
      join replay.frame f on f.record_id = latest.decision_id and f.kind = 'action'
      order by latest.at desc limit $3""";

  private static final String DECISIONS =
      """
      select count(*) from replay.frame
      where project_id = $1 and ($2::uuid is null or environment_id = $2)
        and kind = 'action' and received_at >= $3""";

  private final Database database;

  LabelledCalls(Database database) {
    this.database = database;
  }

  /**
   * What there is.
   *
   * @param unmeasured labelled calls of which nothing was measured, or not all of it was kept
   */
  record Found(List<LabelledCall> calls, int unmeasured) {}

  CompletionStage<Found> of(UUID organizationId, UUID project, @Nullable UUID environment) {
    return rows(organizationId, SELECT, Tuple.of(project, environment, LABELS_MAX))
        .thenApply(LabelledCalls::found);
  }

  /** How many calls a day there were in the days before. */
  CompletionStage<Double> callsADay(
      UUID organizationId, UUID project, @Nullable UUID environment, OffsetDateTime from) {
    Duration window = Duration.between(from, OffsetDateTime.now(ZoneOffset.UTC));
    double days = Math.max(1, (double) window.toMinutes() / Duration.ofDays(1).toMinutes());
    return rows(organizationId, DECISIONS, Tuple.of(project, environment, from))
        .thenApply(rows -> rows.iterator().next().getLong(0) / days);
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }

  private static Found found(RowSet<Row> rows) {
    List<LabelledCall> calls = new ArrayList<>();
    int unmeasured = 0;
    for (Row row : rows) {
      Optional<LabelledCall> call =
          call(row.getString(0), row.getBuffer(1).getBytes(), row.getString(2));
      call.ifPresent(calls::add);
      unmeasured += call.isPresent() ? 0 : 1;
    }
    return new Found(calls, unmeasured);
  }

  private static Optional<LabelledCall> call(String runId, byte[] evidence, String label) {
    try {
      Map<String, @Nullable Object> frame = Evidence.object(StrictJson.parse(evidence, DEPTH_MAX));
      IntentReading reading = IntentReading.inRun(Evidence.object(frame.get("run")));
      if (reading.status() != IntentReading.Status.MEASURED) {
        return Optional.empty();
      }
      String verdict = String.valueOf(Evidence.object(frame.get("decision")).get("verdict"));
      String tool = String.valueOf(Evidence.object(frame.get("action")).get("tool"));
      return Optional.of(new LabelledCall(runId, tool, reading.features(), isBad(label, verdict)));
    } catch (RuntimeException redacted) {
      return Optional.empty();
    }
  }

  /** Who calls a decision correct says of the call what the decision said. */
  static boolean isBad(String label, String verdict) {
    return switch (label) {
      case "missed" -> true;
      case "false_positive" -> false;
      default -> !verdict.equals("allow");
    };
  }
}
