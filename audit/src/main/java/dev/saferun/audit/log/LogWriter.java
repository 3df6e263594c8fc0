package dev.saferun.audit.log;

import dev.saferun.audit.merkle.Frontier;
import dev.saferun.platform.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives what committed its place in the log and in the stream, in the order of the ids. Nodes take
 * turns, and each turn is one transaction: a place is given once or not at all.
 */
@Singleton
class LogWriter {

  /** Events of one transaction. */
  static final int BATCH = 2_000;

  private static final String TURN = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String ENDS =
      """
      select
        (select coalesce(max(index) + 1, 0) from audit.leaf where organization_id = $1),
        (select coalesce(max(position) + 1, 0) from audit.stream where organization_id = $1)
      """;

  private static final String ANY =
      "select exists (select from audit.pending where organization_id = $1)";

  private static final String PENDING =
      "select p.id as pending_id, p.kind, "
          + RecordedEvent.COLUMNS
          + """
          from audit.pending p
          left join audit.event e on e.organization_id = p.organization_id and e.id = p.id
            and p.kind = 'audit'
          where p.organization_id = $1 order by p.id limit $2
          """;

  private static final String LEAVES =
      """
      insert into audit.leaf (organization_id, index, event_id, salts, hash)
      select $1, * from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[])
      """;

  private static final String SUBTREES =
      """
      insert into audit.subtree (organization_id, level, index, hash)
      select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])
      """;

  private static final String STREAM =
      """
      insert into audit.stream (organization_id, position, kind, id, at, number)
      select $1, * from unnest($2::bigint[], $3::text[], $4::uuid[], $5::timestamptz[], $6::bigint[])
      """;

  private static final String DONE =
      "delete from audit.pending where organization_id = $1 and id = any ($2)";

  private final Database database;
  private final Map<UUID, Frontier> frontiers = new ConcurrentHashMap<>();

  LogWriter(Database database) {
    this.database = database;
  }

  /** Where log and stream end. */
  record Ends(long size, long position) {}

  /** Waits for this organization's turn, which ends with the transaction. */
  static CompletionStage<Ends> takeTurn(SqlConnection connection, UUID organizationId) {
    return connection
        .preparedQuery(TURN)
        .execute(Tuple.of("audit.log/" + organizationId))
        .compose(turn -> connection.preparedQuery(ENDS).execute(Tuple.of(organizationId)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Ends(row.getLong(0), row.getLong(1));
            })
        .toCompletionStage();
  }

  /** Takes one batch; completes with how many events it had, fewer than {@link #BATCH} at last. */
  CompletionStage<Integer> append(UUID organizationId) {
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(ANY)
                .execute(Tuple.of(organizationId))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .toCompletionStage()
                .thenCompose(
                    any ->
                        any
                            ? appendPending(connection, organizationId)
                            : CompletableFuture.completedStage(0)));
  }

  private CompletionStage<Integer> appendPending(SqlConnection connection, UUID organizationId) {
    return takeTurn(connection, organizationId)
        .thenCompose(
            ends ->
                connection
                    .preparedQuery(PENDING)
                    .execute(Tuple.of(organizationId, BATCH))
                    .toCompletionStage()
                    .thenCompose(pending -> append(connection, organizationId, ends, pending)));
  }

  private CompletionStage<Integer> append(
      SqlConnection connection, UUID organizationId, Ends ends, RowSet<Row> pending) {
    if (pending.size() == 0) {
      return CompletableFuture.completedStage(0);
    }
    return frontier(connection, organizationId, ends.size())
        .thenCompose(
            frontier -> {
              Batch batch = new Batch(ends, frontier);
              pending.forEach(batch::add);
              return batch
                  .write(connection, organizationId)
                  .thenApply(
                      written -> {
                        // Where the commit fails, the size does not fit and it is read again.
                        frontiers.put(organizationId, frontier);
                        return pending.size();
                      });
            });
  }

  /** The right edge of the tree, from memory where this node wrote last. */
  CompletionStage<Frontier> frontier(SqlConnection connection, UUID organizationId, long size) {
    Frontier known = frontiers.get(organizationId);
    return known != null && known.size() == size
        ? CompletableFuture.completedStage(known.copy())
        : StoredTree.make(connection, organizationId, subtrees -> Frontier.of(size, subtrees));
  }

  /** The rows of one transaction. */
  private static final class Batch {

    private final Frontier frontier;
    private long position;

    private final List<Long> indices = new ArrayList<>();
    private final List<UUID> eventIds = new ArrayList<>();
    private final List<Buffer> salts = new ArrayList<>();
    private final List<Buffer> hashes = new ArrayList<>();

    private final List<Short> levels = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Buffer> nodeHashes = new ArrayList<>();

    private final List<Long> positions = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final List<OffsetDateTime> times = new ArrayList<>();
    private final List<@Nullable Long> numbers = new ArrayList<>();

    Batch(Ends ends, Frontier frontier) {
      this.frontier = frontier;
      this.position = ends.position();
    }

    void add(Row row) {
      String kind = row.getString("kind");
      UUID id = row.getUUID("pending_id");
      if (kind.equals("audit")) {
        RecordedEvent event = RecordedEvent.of(row);
        leaf(event);
        stream(kind, id, event.at(), indices.getLast());
      } else {
        stream(kind, id, Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16), null);
      }
    }

    private void leaf(RecordedEvent event) {
      long index = frontier.size();
      byte[] fresh = LogEntry.newSalts();
      byte[] hash = LogEntry.of(event, index, fresh).hash();
      indices.add(index);
      eventIds.add(event.id());
      salts.add(Buffer.buffer(fresh));
      hashes.add(Buffer.buffer(hash));
      frontier.append(hash, this::node);
    }

    private void node(int level, long index, byte[] hash) {
      if (StoredTree.isKept(level)) {
        levels.add((short) level);
        nodes.add(index);
        nodeHashes.add(Buffer.buffer(hash));
      }
    }

    private void stream(String kind, UUID id, Instant at, @Nullable Long number) {
      positions.add(position++);
      kinds.add(kind);
      ids.add(id);
      times.add(at.atOffset(ZoneOffset.UTC));
      numbers.add(number);
    }

    CompletionStage<RowSet<Row>> write(SqlConnection connection, UUID organizationId) {
      return connection
          .preparedQuery(LEAVES)
          .execute(
              Tuple.of(
                  organizationId,
                  indices.toArray(Long[]::new),
                  eventIds.toArray(UUID[]::new),
                  salts.toArray(Buffer[]::new),
                  hashes.toArray(Buffer[]::new)))
          .compose(
              leaves ->
                  connection
                      .preparedQuery(SUBTREES)
                      .execute(
                          Tuple.of(
                              organizationId,
                              levels.toArray(Short[]::new),
                              nodes.toArray(Long[]::new),
                              nodeHashes.toArray(Buffer[]::new))))
          .compose(
              subtrees ->
                  connection
                      .preparedQuery(STREAM)
                      .execute(
                          Tuple.of(
                              organizationId,
                              positions.toArray(Long[]::new),
                              kinds.toArray(String[]::new),
                              ids.toArray(UUID[]::new),
                              times.toArray(OffsetDateTime[]::new),
                              numbers.toArray(Long[]::new))))
          .compose(
              stream ->
                  connection
                      .preparedQuery(DONE)
                      .execute(Tuple.of(organizationId).addValue(ids.toArray(UUID[]::new))))
          .toCompletionStage();
    }
  }
}
