package dev.saferun.platform.database;

import dev.saferun.platform.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.stage.Stage;

/** The two pools, with the scope set first in every transaction. */
final class PooledDatabase implements Database {

  private static final String SET_SCOPE = "select set_config('saferun.organization', $1, true)";
  private static final String SET_SCOPE_NAMED =
      "select set_config('saferun.organization', :organization, true)";

  private final Vertx vertx;
  private final Pool pool;
  private final Stage.SessionFactory sessions;

  PooledDatabase(Vertx vertx, Pool pool, Stage.SessionFactory sessions) {
    this.vertx = vertx;
    this.pool = pool;
    this.sessions = sessions;
  }

  @Override
  public <T> CompletionStage<T> inSession(
      UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
    return translated(
        () ->
            onOwnContext(
                () ->
                    sessions.withTransaction(
                        session ->
                            session
                                .createNativeQuery(SET_SCOPE_NAMED, String.class)
                                .setParameter("organization", organizationId.toString())
                                .getSingleResult()
                                .thenCompose(set -> work.apply(session)))));
  }

  /**
   * Runs the work on a context that nothing else has. Hibernate Reactive gives a second caller on
   * the same context the session that is open there, and with it the first one's scope.
   */
  private <T> CompletionStage<T> onOwnContext(Supplier<CompletionStage<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    ContextInternal own = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
    own.runOnContext(
        begun ->
            started(work)
                .whenComplete(
                    (result, fault) -> {
                      if (fault == null) {
                        done.complete(result);
                      } else {
                        done.completeExceptionally(fault);
                      }
                    }));
    return done;
  }

  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException fault) {
      return CompletableFuture.failedStage(fault);
    }
  }

  @Override
  public <T> CompletionStage<T> inConnection(
      UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
    return translated(
        () ->
            pool.withTransaction(
                    connection ->
                        connection
                            .preparedQuery(SET_SCOPE)
                            .execute(Tuple.of(organizationId.toString()))
                            .compose(set -> staged(work, connection)))
                .toCompletionStage());
  }

  @Override
  public CompletionStage<List<UUID>> organizationIds() {
    return translated(
        () ->
            pool.withConnection(
                    connection ->
                        connection
                            .query("select id from platform.organization order by created_at, id")
                            .execute()
                            .map(PooledDatabase::ids))
                .toCompletionStage());
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID(0)));
    return ids;
  }

  /** Comes back to the connection's own event loop, wherever the work ended. */
  private static <T> Future<T> staged(
      Function<SqlConnection, CompletionStage<T>> work, SqlConnection connection) {
    Context context = Vertx.currentContext();
    CompletionStage<T> stage = work.apply(connection);
    return context == null
        ? Future.fromCompletionStage(stage)
        : Future.fromCompletionStage(stage, context);
  }

  private static <T> CompletionStage<T> translated(Supplier<CompletionStage<T>> work) {
    return started(work)
        .exceptionallyCompose(
            fault -> CompletableFuture.failedStage(DatabaseFaults.translate(fault)));
  }
}
