package dev.saferun.platform.database;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.DatabaseConfiguration;
import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import dev.saferun.platform.postgres.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts in their order (server, roles, schemas, pools, feed); what was started is closed
 * again where a later part fails. Public for {@link dev.saferun.platform.Databases} only.
 */
public final class DatabaseLauncher {

  private static final long CLOSE_SECONDS_MAX = 10;

  private DatabaseLauncher() {}

  public static RunningDatabase start(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      Path binariesCache,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return attempts(configuration, directory, binariesCache, schemas, entities).start(() -> {});
  }

  /** Starts as {@link #start} does, or else waits for the database in the background. */
  public static RunningDatabase startOrAwait(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      Path binariesCache,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return AwaitedDatabase.start(
        attempts(configuration, directory, binariesCache, schemas, entities),
        configuration.startTimeout());
  }

  /** Refuses settings that cannot be right now, and leaves the rest to each attempt. */
  private static AwaitedDatabase.Attempt attempts(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      Path binariesCache,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    Contents contents = new Contents(configuration.poolSize(), schemas, entities);
    String url = configuration.url();
    if (url == null) {
      int timeoutMillis = Math.toIntExact(configuration.connectTimeout().toMillis());
      return reached -> {
        // What runs on this machine is reached when it is started; that takes as long as it takes.
        reached.run();
        return embedded(directory, binariesCache, timeoutMillis, contents, new Closing());
      };
    }
    DatabaseAddress address = DatabaseAddress.external(url, configuration);
    return reached -> {
      Closing closing = new Closing();
      return closedOnFault(closing, () -> connect(address, null, contents, reached, closing));
    };
  }

  private static RunningDatabase embedded(
      DataDirectory directory,
      Path binariesCache,
      int connectTimeoutMillis,
      Contents contents,
      Closing closing) {
    return closedOnFault(
        closing,
        () -> {
          EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, binariesCache);
          closing.add(postgres::close);
          DatabaseAddress address = EmbeddedServer.prepare(postgres, connectTimeoutMillis);
          return connect(address, postgres, contents, () -> {}, closing);
        });
  }

  private static RunningDatabase closedOnFault(Closing closing, Start start) {
    try {
      return start.run();
    } catch (SQLException fault) {
      closing.close();
      throw new IllegalStateException(
          "the database cannot be prepared: " + fault.getMessage(), fault);
    } catch (RuntimeException fault) {
      closing.close();
      throw fault;
    }
  }

  @FunctionalInterface
  private interface Start {
    RunningDatabase run() throws SQLException;
  }

  /** What the modules want of the database. */
  private record Contents(
      int poolSize, List<SchemaMigrations> schemas, List<ManagedEntities> entities) {}

  public static RunningDatabase startTemporary(
      Path binariesCache, List<SchemaMigrations> schemas, List<ManagedEntities> entities) {
    Closing closing = new Closing();
    try {
      Path path = Files.createTempDirectory("saferun-");
      closing.add(() -> delete(path));
      DataDirectory directory = DataDirectory.open(path);
      closing.add(directory::close);
      DatabaseConfiguration defaults = DatabaseConfiguration.embedded();
      return embedded(
          directory,
          binariesCache,
          Math.toIntExact(defaults.connectTimeout().toMillis()),
          new Contents(defaults.poolSize(), schemas, entities),
          closing);
    } catch (IOException fault) {
      throw new UncheckedIOException("no temporary directory", fault);
    }
  }

  private static RunningDatabase connect(
      DatabaseAddress address,
      @Nullable EmbeddedPostgres postgres,
      Contents contents,
      Runnable reached,
      Closing closing)
      throws SQLException {
    new SchemaOwner(address).prepare(contents.schemas, reached);
    Vertx vertx = Vertx.vertx();
    closing.add(() -> await(vertx.close().toCompletionStage()));
    PgConnectOptions connectOptions = address.applicationOptions();
    PoolOptions poolOptions =
        new PoolOptions()
            .setMaxSize(contents.poolSize)
            .setConnectionTimeout(address.connectTimeoutMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    Pool pool =
        PgBuilder.pool().with(poolOptions).connectingTo(connectOptions).using(vertx).build();
    closing.add(() -> await(pool.close().toCompletionStage()));
    Stage.SessionFactory sessions =
        Sessions.open(vertx, address, connectOptions, poolOptions, contents.entities);
    closing.add(sessions::close);
    PostgresChangeFeed feed = new PostgresChangeFeed(vertx, pool, connectOptions);
    closing.add(feed::close);
    await(feed.start());
    return new StartedDatabase(
        new PooledDatabase(vertx, pool, sessions), feed, address, postgres, closing);
  }

  private static <T> void await(CompletionStage<T> stage) {
    stage.toCompletableFuture().orTimeout(CLOSE_SECONDS_MAX, TimeUnit.SECONDS).join();
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot remove " + directory, fault);
    }
  }
}
