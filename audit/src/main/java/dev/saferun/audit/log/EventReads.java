package dev.saferun.audit.log;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads events and their places in the log. */
@Singleton
public class EventReads {

  private static final String EVENTS =
      "select leaf.index, "
          + RecordedEvent.COLUMNS
          + """
          from audit.event e
          left join audit.leaf on leaf.organization_id = e.organization_id and leaf.event_id = e.id
          where e.organization_id = $1
          """;

  private static final String ENTRIES =
      "select leaf.index, leaf.salts, "
          + RecordedEvent.COLUMNS
          + """
          from audit.leaf
          join audit.event e on e.organization_id = leaf.organization_id and e.id = leaf.event_id
          where leaf.organization_id = $1 and leaf.index >= $2 and leaf.index < $3
          """;

  private final Database database;

  EventReads(Database database) {
    this.database = database;
  }

  /**
   * An event.
   *
   * @param index its place in the log; null while it has none
   */
  public record Placed(RecordedEvent event, @Nullable Long index) {

    public Map<String, @Nullable Object> document() {
      return event.document(index);
    }
  }

  /** An event at its place, with what its commitments were salted with. */
  public record Entry(long index, RecordedEvent event, byte[] salts) {

    public LogEntry logged() {
      return LogEntry.of(event, index, salts);
    }
  }

  /**
   * Events, the latest first.
   *
   * @param before the id that the page before ended with
   */
  public CompletionStage<List<Placed>> search(
      UUID organizationId, EventFilter filter, @Nullable UUID before, int most) {
    Tuple parameters = Tuple.of(organizationId);
    StringBuilder sql = new StringBuilder(EVENTS).append(filter.where(parameters));
    if (before != null) {
      parameters.addValue(before);
      sql.append(" and e.id < $").append(parameters.size());
    }
    parameters.addValue(most);
    sql.append(" order by e.id desc limit $").append(parameters.size());
    return placed(organizationId, sql.toString(), parameters);
  }

  public CompletionStage<Optional<Placed>> event(UUID organizationId, UUID id) {
    return placed(organizationId, EVENTS + " and e.id = $2", Tuple.of(organizationId, id))
        .thenApply(found -> found.stream().findFirst());
  }

  /**
   * Entries of the log in its order, from a place to before another, those that the filter takes.
   */
  public CompletionStage<List<Entry>> entries(
      UUID organizationId, long from, long beyond, EventFilter filter, int most) {
    Tuple parameters = Tuple.of(organizationId, from, beyond);
    String sql = ENTRIES + filter.where(parameters);
    parameters.addValue(most);
    return rows(
            organizationId, sql + " order by leaf.index limit $" + parameters.size(), parameters)
        .thenApply(
            rows -> {
              List<Entry> entries = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      entries.add(
                          new Entry(
                              row.getLong("index"),
                              RecordedEvent.of(row),
                              row.getBuffer("salts").getBytes())));
              return entries;
            });
  }

  private CompletionStage<List<Placed>> placed(UUID organizationId, String sql, Tuple parameters) {
    return rows(organizationId, sql, parameters)
        .thenApply(
            rows -> {
              List<Placed> events = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> events.add(new Placed(RecordedEvent.of(row), row.getLong("index"))));
              return events;
            });
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
