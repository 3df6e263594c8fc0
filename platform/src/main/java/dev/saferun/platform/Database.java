package dev.saferun.platform;

import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/**
 * Gives out transactions that see one organization only.
 *
 * <p>The scope is set as the first statement of each transaction and ends with it; row-level
 * security does the rest. A transaction that lost its scope sees no rows and may write none.
 * Nothing here blocks: the stages complete on the database client's own event loop, and work that
 * computes for long must leave it. Where the database cannot be reached a stage fails with {@link
 * CommonProblem#DATABASE_UNAVAILABLE}.
 */
public interface Database {

  /** The control plane: entities by Hibernate Reactive, one transaction. */
  <T> CompletionStage<T> inSession(
      UUID organizationId, Function<Stage.Session, CompletionStage<T>> work);

  /** The bulk path: plain SQL by the Vert.x client, one transaction. */
  <T> CompletionStage<T> inConnection(
      UUID organizationId, Function<SqlConnection, CompletionStage<T>> work);

  /**
   * Every organization's id, oldest first. The one thing that can be read without a scope, for
   * loading caches at start; an id says nothing about whose it is.
   */
  CompletionStage<java.util.List<UUID>> organizationIds();
}
