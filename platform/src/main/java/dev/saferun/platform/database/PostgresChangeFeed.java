package dev.saferun.platform.database;

import dev.saferun.platform.ChangeFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes twice: a listening connection within milliseconds, and a poll that misses none.
 *
 * <p>The poll asks for rows whose transaction is not older than the oldest that was open at its
 * last look. Every transaction that the last look could not see has such an id, so changes that
 * commit out of order are found however late they commit. What it finds again is known by its
 * revision.
 */
final class PostgresChangeFeed implements ChangeFeed, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresChangeFeed.class);

  private static final long POLL_MILLIS = 500;
  private static final long RECONNECT_MILLIS = 500;

  /** No transaction reaches it, so the first look finds nothing and only learns the horizon. */
  private static final String END_OF_TIME = "18446744073709551615";

  private static final String PUBLISH =
      """
      insert into platform.change_feed as feed (organization_id, topic)
      values (%s, %s)
      on conflict (organization_id, topic)
      do update set revision = feed.revision + 1, transaction_id = pg_current_xact_id()""";
  private static final String POLL =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text, organization_id, topic, revision
      from (values (1)) one left join lateral (
        select organization_id, topic, revision from platform.change_feed
        where transaction_id >= $1::text::xid8) change on true""";

  private record Topic(UUID organizationId, String name) {}

  private final Vertx vertx;
  private final Pool pool;
  private final PgConnectOptions options;
  private final Map<String, List<Consumer<UUID>>> listeners = new ConcurrentHashMap<>();
  private Map<Topic, Long> heard = new HashMap<>();
  private String horizon = END_OF_TIME;
  private volatile boolean closed;
  private volatile @Nullable SqlConnection listening;

  PostgresChangeFeed(Vertx vertx, Pool pool, PgConnectOptions options) {
    this.vertx = vertx;
    this.pool = pool;
    this.options = new PgConnectOptions(options);
    // Silence is this connection's normal state; keep-alive finds a dead peer.
    this.options.setIdleTimeout(0);
  }

  /** Learns where the feed stands; changes from then on are told. */
  CompletionStage<Void> start() {
    return look()
        .onSuccess(
            known -> {
              vertx.setTimer(POLL_MILLIS, timer -> poll());
              listen();
            })
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Void> publish(Stage.Session session, UUID organizationId, String topic) {
    return session
        .createNativeQuery(PUBLISH.formatted(":organization", ":topic"))
        .setParameter("organization", organizationId)
        .setParameter("topic", topic)
        .executeUpdate()
        .thenAccept(rows -> {});
  }

  @Override
  public CompletionStage<Void> publish(
      SqlConnection connection, UUID organizationId, String topic) {
    return connection
        .preparedQuery(PUBLISH.formatted("$1", "$2"))
        .execute(Tuple.of(organizationId, topic))
        .<Void>mapEmpty()
        .toCompletionStage();
  }

  @Override
  public void subscribe(String topic, Consumer<UUID> listener) {
    listeners.computeIfAbsent(topic, name -> new CopyOnWriteArrayList<>()).add(listener);
  }

  @Override
  public void close() {
    closed = true;
    SqlConnection connection = listening;
    if (connection != null) {
      connection.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void poll() {
    if (closed) {
      return;
    }
    look()
        .onComplete(
            result -> {
              if (result.failed()) {
                LOG.debug("the change feed cannot be polled now", result.cause());
              }
              vertx.setTimer(POLL_MILLIS, timer -> poll());
            });
  }

  private Future<Void> look() {
    return pool.withConnection(
        connection -> connection.preparedQuery(POLL).execute(Tuple.of(horizon())).map(this::found));
  }

  private synchronized String horizon() {
    return horizon;
  }

  private Void found(RowSet<Row> rows) {
    Map<Topic, Long> found = new HashMap<>();
    for (Row row : rows) {
      UUID organizationId = row.getUUID(1);
      if (organizationId != null) {
        Topic topic = new Topic(organizationId, row.getString(2));
        found.put(topic, row.getLong(3));
        hear(topic, row.getLong(3));
      }
    }
    synchronized (this) {
      horizon = rows.iterator().next().getString(0);
      // Older ones cannot be found again; a notice that came meanwhile may be told once more.
      heard = found;
    }
    return null;
  }

  private void listen() {
    if (closed) {
      return;
    }
    PgConnection.connect(vertx, options)
        .compose(
            connection -> {
              connection.notificationHandler(notice -> noticed(notice.getPayload()));
              connection.closeHandler(gone -> listenAgain());
              listening = connection;
              return connection
                  .query("listen saferun_changes")
                  .execute()
                  .onFailure(fault -> connection.close());
            })
        .onFailure(fault -> LOG.debug("the change feed cannot listen now", fault))
        .onFailure(fault -> listenAgain());
  }

  private void listenAgain() {
    if (!closed) {
      vertx.setTimer(RECONNECT_MILLIS, timer -> listen());
    }
  }

  /** A payload is {@code organization:revision:topic}. */
  private void noticed(String payload) {
    String[] parts = payload.split(":", 3);
    hear(new Topic(UUID.fromString(parts[0]), parts[2]), Long.parseLong(parts[1]));
  }

  private void hear(Topic topic, long revision) {
    synchronized (this) {
      Long before = heard.put(topic, revision);
      if (before != null && before >= revision) {
        heard.put(topic, before);
        return;
      }
    }
    for (Consumer<UUID> listener : listeners.getOrDefault(topic.name(), List.of())) {
      try {
        listener.accept(topic.organizationId());
      } catch (RuntimeException fault) {
        LOG.atError()
            .addKeyValue("topic", topic.name())
            .setCause(fault)
            .log("a listener of the change feed failed");
      }
    }
  }
}
