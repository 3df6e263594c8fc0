package dev.saferun.platform.database;

import dev.saferun.platform.Ids;
import dev.saferun.platform.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * The embedded server's database and roles. The superuser makes them and is not used again; the
 * passwords of owner and application are new at every start and live in memory only.
 */
final class EmbeddedServer {

  private static final String OWNER = "saferun_owner";
  private static final String NAME = "saferun";

  private EmbeddedServer() {}

  static DatabaseAddress prepare(EmbeddedPostgres postgres, int connectTimeoutMillis)
      throws SQLException {
    DatabaseAddress maintenance = address(postgres, "postgres", connectTimeoutMillis);
    DatabaseAddress address = address(postgres, NAME, connectTimeoutMillis);
    try (Connection connection = maintenance.connect(postgres.superuser(), postgres.password())) {
      setPassword(connection, OWNER, "nosuperuser nobypassrls createrole", address.ownerPassword());
      setPassword(
          connection,
          DatabaseAddress.APPLICATION_USER,
          "nosuperuser nobypassrls nocreatedb nocreaterole noinherit",
          address.applicationPassword());
      createDatabase(connection);
    }
    return address;
  }

  private static DatabaseAddress address(
      EmbeddedPostgres postgres, String database, int connectTimeoutMillis) {
    return new DatabaseAddress(
        "postgresql://127.0.0.1:" + postgres.port() + "/" + database,
        OWNER,
        HexFormat.of().formatHex(Ids.secret(24)),
        HexFormat.of().formatHex(Ids.secret(24)),
        null,
        connectTimeoutMillis);
  }

  private static void setPassword(
      Connection connection, String role, String attributes, String password) throws SQLException {
    boolean exists = exists(connection, "select 1 from pg_roles where rolname = '" + role + "'");
    String verb = exists ? "alter" : "create";
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          SchemaOwner.quoted(
              connection, verb + " role %I login " + attributes + " password %L", role, password));
    }
  }

  private static void createDatabase(Connection connection) throws SQLException {
    if (exists(connection, "select 1 from pg_database where datname = '" + NAME + "'")) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("create database " + NAME + " owner " + OWNER);
    }
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
