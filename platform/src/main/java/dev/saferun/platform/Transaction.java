package dev.saferun.platform;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of the control plane, in straight lines: each statement waits for its answer, on
 * a virtual thread. What the work returns is committed; what it throws undoes all of it.
 */
public final class Transaction {

  private final SqlConnection connection;
  private final UUID organizationId;

  private Transaction(SqlConnection connection, UUID organizationId) {
    this.connection = connection;
    this.organizationId = organizationId;
  }

  /** Runs the work within the organization's rows. */
  public static <T> CompletionStage<T> in(
      Database database, UUID organizationId, Function<Transaction, T> work) {
    return database.inConnection(
        organizationId,
        connection -> {
          CompletableFuture<T> done = new CompletableFuture<>();
          Thread.ofVirtual()
              .name("transaction")
              .start(() -> run(new Transaction(connection, organizationId), work, done));
          return done;
        });
  }

  /** The same for work that gives nothing back. */
  public static CompletionStage<Void> run(
      Database database, UUID organizationId, Consumer<Transaction> work) {
    return in(
            database,
            organizationId,
            transaction -> {
              work.accept(transaction);
              return Nothing.NOTHING;
            })
        .thenAccept(nothing -> {});
  }

  private enum Nothing {
    NOTHING
  }

  private static <T> void run(
      Transaction transaction, Function<Transaction, T> work, CompletableFuture<T> done) {
    try {
      done.complete(work.apply(transaction));
    } catch (RuntimeException | Error fault) {
      done.completeExceptionally(fault);
    }
  }

  public UUID organizationId() {
    return organizationId;
  }

  public SqlConnection connection() {
    return connection;
  }

  public List<Row> rows(String sql, @Nullable Object... parameters) {
    List<Row> rows = new ArrayList<>();
    execute(sql, parameters).forEach(rows::add);
    return rows;
  }

  /** The first row, where there is one. */
  public Optional<Row> row(String sql, @Nullable Object... parameters) {
    return rows(sql, parameters).stream().findFirst();
  }

  /** How many rows it changed. */
  public int change(String sql, @Nullable Object... parameters) {
    return execute(sql, parameters).rowCount();
  }

  private RowSet<Row> execute(String sql, @Nullable Object... parameters) {
    Tuple tuple = Tuple.tuple();
    for (Object parameter : parameters) {
      tuple.addValue(parameter);
    }
    return await(connection.preparedQuery(sql).execute(tuple).toCompletionStage());
  }

  /** Waits for work of others in this transaction. */
  public <T> T await(CompletionStage<T> stage) {
    return join(stage);
  }

  /** Waits on a thread that may wait, and throws what the stage failed with. */
  public static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException fault) {
      if (fault.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw fault;
    }
  }
}
