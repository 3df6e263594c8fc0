package dev.saferun.platform.database;

import dev.saferun.platform.SchemaMigrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * What the owner does at start, before anything serves: the application's role, and each module's
 * schema in the order of the level table.
 */
final class SchemaOwner {

  private static final SchemaMigrations OWN = new SchemaMigrations("platform", 0);

  private final DatabaseAddress address;

  SchemaOwner(DatabaseAddress address) {
    this.address = address;
  }

  /**
   * @param reached is told once the server has taken the owner's connection
   */
  void prepare(List<SchemaMigrations> contributed, Runnable reached) throws SQLException {
    try (Connection connection = address.ownerConnection()) {
      reached.run();
      if (!applicationRoleExists(connection)) {
        createApplicationRole(connection);
      }
    }
    Stream.concat(Stream.of(OWN), contributed.stream())
        .sorted(
            Comparator.comparingInt(SchemaMigrations::level)
                .thenComparing(SchemaMigrations::schema))
        .forEach(this::migrate);
  }

  /** Refuses a role that could see past row-level security: the second lock would be open. */
  private static boolean applicationRoleExists(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole
            from pg_roles where rolname = ?""")) {
      query.setString(1, DatabaseAddress.APPLICATION_USER);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return false;
        }
        if (rows.getBoolean(1)) {
          throw new IllegalStateException(
              "the role saferun_app must have none of superuser, bypassrls, createdb, createrole");
        }
        return true;
      }
    }
  }

  private void createApplicationRole(Connection connection) throws SQLException {
    String name = DatabaseAddress.APPLICATION_USER;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          quoted(
              connection,
              """
              create role %I login nosuperuser nobypassrls nocreatedb nocreaterole noinherit
              password %L""",
              name,
              address.applicationPassword()));
      // A bound of the last resort: no request may hold its connection for ever.
      statement.execute("alter role saferun_app set statement_timeout = '30s'");
      statement.execute("alter role saferun_app set idle_in_transaction_session_timeout = '60s'");
    } catch (SQLException fault) {
      throw new IllegalStateException(
          "the role saferun_app does not exist and the owner may not create it", fault);
    }
  }

  /** A statement that takes no parameters, with its name and literal quoted by the server. */
  static String quoted(Connection connection, String format, String name, String literal)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select format(?, ?, ?)")) {
      query.setString(1, format);
      query.setString(2, name);
      query.setString(3, literal);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private void migrate(SchemaMigrations migrations) {
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.ownerUser(), address.ownerPassword())
        .jdbcProperties(jdbcProperties())
        .schemas(migrations.schema())
        .defaultSchema(migrations.schema())
        .createSchemas(true)
        .table("migration_history")
        .locations("classpath:db/migration/" + migrations.schema())
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .placeholderReplacement(false)
        .cleanDisabled(true)
        .loggers("slf4j")
        .load()
        .migrate();
  }

  private Map<String, String> jdbcProperties() {
    return address.jdbcProperties().entrySet().stream()
        .collect(
            Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
  }
}
