package dev.saferun.audit.delivery;

import dev.saferun.platform.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The steps of a delivery. Each is refused where this node does not hold the destination any more,
 * or somebody moved its cursor.
 */
@Singleton
class DeliveryStore {

  private static final String WAITING =
      "select "
          + Destination.COLUMNS
          + """
          from audit.destination d
          join audit.delivery v on v.organization_id = d.organization_id and v.destination_id = d.id
          where d.organization_id = $1 and d.enabled
            and (v.held_until is null or v.held_until < now())
            and (v.retry_at is null or v.retry_at < now())
            and (v.cursor < (select coalesce(max(position) + 1, 0) from audit.stream
                where organization_id = $1)
              or exists (select from audit.dead_letter l
                where l.organization_id = $1 and l.destination_id = d.id and l.again))
          """;

  /** For thirty seconds, longer than nearly all batches take; then another node may go on. */
  private static final String HOLD =
      """
      update audit.delivery set holder = $3, held_until = now() + interval '30 seconds'
      where organization_id = $1 and destination_id = $2
        and (held_until is null or held_until < now())
      returning cursor
      """;

  private static final String HOLDS =
      """
      update audit.delivery set held_until = now() + interval '30 seconds'
      where organization_id = $1 and destination_id = $2 and holder = $3 and cursor = $4
      returning cursor
      """;

  private static final String FORWARD =
      """
      update audit.delivery set cursor = $5, delivered = delivered + $6, failures = 0, retry_at = null,
        fault = null, fault_at = null, held_until = now() + interval '30 seconds',
        delivered_at = case when $6 > 0 then now() else delivered_at end
      where organization_id = $1 and destination_id = $2 and holder = $3 and cursor = $4
      """;

  private static final String BURY =
      """
      insert into audit.dead_letter (organization_id, destination_id, position, reason, at)
      select $1, $2, *, now() from unnest($3::bigint[], $4::text[])
      on conflict (organization_id, destination_id, position)
      do update set reason = excluded.reason, attempts = dead_letter.attempts + 1, at = now(), again = false
      """;

  /** Twice as long after each failure in a row, up to five minutes, and never all at once. */
  private static final String FAILED =
      """
      update audit.delivery set failures = failures + 1, fault = $4, fault_at = now(),
        retry_at = now() + make_interval(
          secs => greatest($5, least(300, power(2, least(failures, 9))) * (0.8 + random() * 0.4))),
        holder = null, held_until = null
      where organization_id = $1 and destination_id = $2 and holder = $3
      """;

  private static final String RELEASE =
      """
      update audit.delivery set holder = null, held_until = null
      where organization_id = $1 and destination_id = $2 and holder = $3
      """;

  private static final String LETTERS =
      """
      select position from audit.dead_letter
      where organization_id = $1 and destination_id = $2 and again order by position limit 500
      """;

  private static final String RAISED =
      """
      delete from audit.dead_letter
      where organization_id = $1 and destination_id = $2 and position = any ($3)
      """;

  private final Database database;

  /** This node, for as long as it runs. */
  private final UUID node = UUID.randomUUID();

  DeliveryStore(Database database) {
    this.database = database;
  }

  /** Destinations that something waits for and nobody serves. */
  CompletionStage<List<Destination>> waiting(UUID organizationId) {
    return rows(organizationId, WAITING, Tuple.of(organizationId))
        .thenApply(
            rows -> {
              List<Destination> waiting = new ArrayList<>(rows.size());
              rows.forEach(row -> waiting.add(Destination.of(row)));
              return waiting;
            });
  }

  /**
   * Holds a destination; completes with its cursor, or with nothing where another node was faster.
   */
  CompletionStage<Optional<Long>> hold(Destination destination) {
    return rows(destination.organizationId(), HOLD, of(destination).addValue(node))
        .thenApply(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong(0)));
  }

  /**
   * Moves the cursor over what was acknowledged, and buries what was refused.
   *
   * @return whether it moved
   */
  CompletionStage<Boolean> forward(
      Destination destination, long from, long to, long delivered, List<Buried> refused) {
    Tuple step = of(destination).addValue(node).addValue(from).addValue(to).addValue(delivered);
    return database.inConnection(
        destination.organizationId(),
        connection ->
            connection
                .preparedQuery(FORWARD)
                .execute(step)
                .compose(
                    moved ->
                        moved.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : bury(connection, destination, refused))
                .toCompletionStage());
  }

  /** A position that was refused, and why. */
  record Buried(long position, String reason) {}

  private static Future<Boolean> bury(
      SqlConnection connection, Destination destination, List<Buried> refused) {
    if (refused.isEmpty()) {
      return Future.succeededFuture(true);
    }
    Tuple letters =
        of(destination)
            .addValue(refused.stream().map(Buried::position).toArray(Long[]::new))
            .addValue(refused.stream().map(Buried::reason).toArray(String[]::new));
    return connection.preparedQuery(BURY).execute(letters).map(buried -> true);
  }

  /** The positions of dead letters that somebody wants to be sent once more. */
  CompletionStage<List<Long>> again(Destination destination) {
    return rows(destination.organizationId(), LETTERS, of(destination))
        .thenApply(
            rows -> {
              List<Long> positions = new ArrayList<>(rows.size());
              rows.forEach(row -> positions.add(row.getLong(0)));
              return positions;
            });
  }

  /** Dead letters that were taken after all go; those that were refused again stay. */
  CompletionStage<Boolean> raised(
      Destination destination, List<Long> positions, List<Buried> refused) {
    Tuple gone = of(destination).addValue(positions.toArray(Long[]::new));
    return database.inConnection(
        destination.organizationId(),
        connection ->
            bury(connection, destination, refused)
                .compose(buried -> connection.preparedQuery(RAISED).execute(gone))
                .map(deleted -> true)
                .toCompletionStage());
  }

  /**
   * Tells why a batch was not taken, and lets the destination rest.
   *
   * @param rest at least
   */
  CompletionStage<Boolean> failed(Destination destination, String fault, Duration rest) {
    return rows(
            destination.organizationId(),
            FAILED,
            of(destination).addValue(node).addValue(fault).addValue((double) rest.toSeconds()))
        .thenApply(rows -> true);
  }

  /** Whether this node still holds it at that cursor. */
  CompletionStage<Boolean> holds(Destination destination, long cursor) {
    return rows(
            destination.organizationId(), HOLDS, of(destination).addValue(node).addValue(cursor))
        .thenApply(rows -> rows.size() > 0);
  }

  CompletionStage<Boolean> release(Destination destination) {
    return rows(destination.organizationId(), RELEASE, of(destination).addValue(node))
        .thenApply(rows -> true);
  }

  private static Tuple of(Destination destination) {
    return Tuple.tuple().addValue(destination.organizationId()).addValue(destination.id());
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
