package dev.saferun.replay.store;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** An organization with one project and one environment in a database, for tests. */
public record Tenant(Database database, UUID organization, UUID project, UUID environment) {

  public static Tenant made(Database database) {
    Tenant tenant = new Tenant(database, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    tenant.make();
    return tenant;
  }

  private void make() {
    String name = "n" + organization.toString().substring(0, 8);
    execute("insert into platform.organization (id) values ($1)", organization);
    execute(
        "insert into tenancy.organization (id, name, created_at) values ($1, $2, now())",
        organization,
        name);
    execute(
        "insert into tenancy.project (organization_id, id, name, display_name, created_at)"
            + " values ($1, $2, 'shop', 'Shop', now())",
        organization,
        project);
    execute(
        "insert into tenancy.environment (organization_id, project_id, id, name, mode, on_overflow,"
            + " on_error, requests_per_second_max, created_at)"
            + " values ($1, $2, $3, 'production', 'block', 'stop', 'deny', 100, now())",
        organization,
        project,
        environment);
  }

  public RowSet<Row> execute(String sql, Object... parameters) {
    return join(
        database.inConnection(
            organization,
            connection ->
                connection.preparedQuery(sql).execute(Tuple.from(parameters)).toCompletionStage()));
  }

  /** How many rows a query counts. */
  public long count(String sql, Object... parameters) {
    return execute(sql, parameters).iterator().next().getLong(0);
  }

  public static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
