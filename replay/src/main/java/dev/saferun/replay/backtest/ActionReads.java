package dev.saferun.replay.backtest;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads recorded actions in the order of their time. */
@Singleton
class ActionReads {

  private static final String COUNT =
      """
      select count(*) from replay.frame
      where environment_id = $1 and kind = 'action' and received_at >= $2 and received_at < $3""";

  private static final String PAGE =
      """
      select record_id, received_at, evidence from replay.frame
      where environment_id = $1 and kind = 'action' and (received_at, record_id) > ($2, $3)
        and received_at < $4
      order by received_at, record_id limit $5""";

  private static final String LABELS =
      """
      select decision_id, array_agg(distinct label) from replay.label
      where environment_id = $1 group by decision_id""";

  private static final OffsetDateTime BEGINNING = Instant.EPOCH.atOffset(ZoneOffset.UTC);

  private final Database database;

  ActionReads(Database database) {
    this.database = database;
  }

  /** The place that a page begins after. */
  record Place(OffsetDateTime receivedAt, UUID recordId) {

    static final Place BEGINNING = new Place(ActionReads.BEGINNING, new UUID(0, 0));

    static Place before(Instant from) {
      return new Place(from.minus(1, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC), LAST);
    }

    private static final UUID LAST = new UUID(-1, -1);
  }

  /** A page, and the place of its last row; a short one is the last. */
  record Page(List<KeptAction> actions, Place last) {}

  CompletionStage<Long> count(Window window) {
    OffsetDateTime from =
        window.from() == null ? BEGINNING : window.from().atOffset(ZoneOffset.UTC);
    return rows(
            window,
            COUNT,
            Tuple.of(
                window.environment().requireEnvironment(),
                from,
                window.to().atOffset(ZoneOffset.UTC)))
        .thenApply(rows -> rows.iterator().next().getLong(0));
  }

  CompletionStage<Page> page(Window window, Place after, int size) {
    return rows(
            window,
            PAGE,
            Tuple.of(
                window.environment().requireEnvironment(),
                after.receivedAt(),
                after.recordId(),
                window.to().atOffset(ZoneOffset.UTC),
                size))
        .thenApply(rows -> page(rows, after));
  }

  private static Page page(RowSet<Row> rows, Place after) {
    List<KeptAction> actions = new ArrayList<>(rows.size());
    Place last = after;
    for (Row row : rows) {
      last = new Place(row.getOffsetDateTime(1), row.getUUID(0));
      long micros = ChronoUnit.MICROS.between(BEGINNING, last.receivedAt());
      actions.add(new KeptAction(last.recordId(), micros, row.getBuffer(2).getBytes()));
    }
    return new Page(actions, last);
  }

  /** The labels of the environment's decisions; few decisions have any. */
  CompletionStage<Map<UUID, List<String>>> labels(Window window) {
    return rows(window, LABELS, Tuple.of(window.environment().requireEnvironment()))
        .thenApply(
            rows -> {
              Map<UUID, List<String>> labels = new HashMap<>();
              rows.forEach(row -> labels.put(row.getUUID(0), List.of(row.getArrayOfStrings(1))));
              return labels;
            });
  }

  private CompletionStage<RowSet<Row>> rows(Window window, String sql, Tuple parameters) {
    return database.inConnection(
        window.environment().organizationId(),
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
