package dev.saferun.platform.database;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.RunningDatabase;
import io.vertx.sqlclient.SqlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that may come later. One thread tries to start it until it can; before that it is away
 * to everyone who uses it, and those who subscribed to changes are heard from then on.
 */
final class AwaitedDatabase implements RunningDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(AwaitedDatabase.class);

  /** A server that was reached is waited for: it may be migrating, or recovering from a crash. */
  private static final Duration REACHED_WAIT_MAX = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS_MIN = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;
  private static final long CLOSE_MILLIS_MAX = 15_000;

  /** One try at the whole start. */
  interface Attempt {
    /**
     * @param reached is told as soon as there is a server that answers
     */
    RunningDatabase start(Runnable reached);
  }

  private record Subscription(String topic, Consumer<UUID> listener) {}

  private final Attempt attempt;
  private final Instant since = Instant.now();
  private final Thread connector;
  private final Database database = new Later();
  private final ChangeFeed changeFeed = new LaterFeed();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile @Nullable RunningDatabase arrived;
  private boolean reached;
  private boolean closed;
  private String lastFault = "";

  private AwaitedDatabase(Attempt attempt) {
    this.attempt = attempt;
    this.connector =
        Thread.ofPlatform().daemon().name("database-connector").unstarted(this::connect);
  }

  /** Returns when the database is there, or when it is not worth waiting for any longer. */
  static AwaitedDatabase start(Attempt attempt, Duration timeout) {
    AwaitedDatabase awaited = new AwaitedDatabase(attempt);
    awaited.connector.start();
    awaited.await(timeout);
    return awaited;
  }

  private synchronized void await(Duration timeout) {
    long begun = System.nanoTime();
    try {
      while (arrived == null) {
        Duration most = reached ? REACHED_WAIT_MAX : timeout;
        long left = most.toNanos() - (System.nanoTime() - begun);
        if (left <= 0) {
          LOG.warn("the start goes on without the database; it is tried further");
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() {
    long pauseMillis = PAUSE_MILLIS_MIN;
    try {
      while (!tried()) {
        Thread.sleep(pauseMillis);
        pauseMillis = Math.min(pauseMillis * 2, PAUSE_MILLIS_MAX);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt; whether there is nothing more to try. */
  private boolean tried() {
    try {
      arrive(attempt.start(() -> reached(true)));
      return true;
    } catch (RuntimeException fault) {
      reached(false);
      report(fault);
      return isClosed();
    }
  }

  private synchronized void reached(boolean now) {
    reached = now;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** What fails in the same way again is not told again. */
  private void report(RuntimeException fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (!root.toString().equals(lastFault)) {
      lastFault = root.toString();
      LOG.atWarn().setCause(fault).log("the database cannot be started on; it is tried further");
    }
  }

  private void arrive(RunningDatabase running) {
    synchronized (this) {
      if (!closed) {
        subscriptions.forEach(one -> running.changeFeed().subscribe(one.topic, one.listener));
        arrived = running;
        notifyAll();
        LOG.info("the database is there");
        return;
      }
    }
    running.close();
  }

  private synchronized void subscribe(Subscription subscription) {
    subscriptions.add(subscription);
    RunningDatabase running = arrived;
    if (running != null) {
      running.changeFeed().subscribe(subscription.topic, subscription.listener);
    }
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public ChangeFeed changeFeed() {
    return changeFeed;
  }

  @Override
  public Connection ownerConnection() throws SQLException {
    RunningDatabase running = arrived;
    if (running == null) {
      throw new SQLException("the database was not reached yet", "08001");
    }
    return running.ownerConnection();
  }

  @Override
  public Optional<Instant> awaitedSince() {
    return arrived == null ? Optional.of(since) : Optional.empty();
  }

  @Override
  public OptionalLong serverProcessId() {
    RunningDatabase running = arrived;
    return running == null ? OptionalLong.empty() : running.serverProcessId();
  }

  @Override
  public void stopServer() {
    there().stopServer();
  }

  @Override
  public void startServer() {
    there().startServer();
  }

  private RunningDatabase there() {
    RunningDatabase running = arrived;
    if (running == null) {
      throw DatabaseFaults.unavailable();
    }
    return running;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    connector.interrupt();
    try {
      connector.join(CLOSE_MILLIS_MAX);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    RunningDatabase running = arrived;
    if (running != null) {
      running.close();
    }
  }

  private final class Later implements Database {

    @Override
    public <T> CompletionStage<T> inSession(
        UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
      return use(running -> running.inSession(organizationId, work));
    }

    @Override
    public <T> CompletionStage<T> inConnection(
        UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
      return use(running -> running.inConnection(organizationId, work));
    }

    @Override
    public CompletionStage<List<UUID>> organizationIds() {
      return use(Database::organizationIds);
    }

    private <T> CompletionStage<T> use(Function<Database, CompletionStage<T>> work) {
      RunningDatabase running = arrived;
      return running == null
          ? CompletableFuture.failedStage(DatabaseFaults.unavailable())
          : work.apply(running.database());
    }
  }

  /** Only who has a transaction publishes, so the database is there by then. */
  private final class LaterFeed implements ChangeFeed {

    @Override
    public CompletionStage<Void> publish(Stage.Session session, UUID organizationId, String topic) {
      return there().changeFeed().publish(session, organizationId, topic);
    }

    @Override
    public CompletionStage<Void> publish(
        SqlConnection connection, UUID organizationId, String topic) {
      return there().changeFeed().publish(connection, organizationId, topic);
    }

    @Override
    public void subscribe(String topic, Consumer<UUID> listener) {
      AwaitedDatabase.this.subscribe(new Subscription(topic, listener));
    }
  }
}
