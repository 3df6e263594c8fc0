package dev.saferun.platform.database;

import dev.saferun.platform.DatabaseConfiguration;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One database and the two roles that reach it, in the form that each of the two drivers wants.
 *
 * @param url {@code postgresql://host:port/database}, with an optional {@code sslmode}
 */
record DatabaseAddress(
    String url,
    String ownerUser,
    String ownerPassword,
    String applicationPassword,
    @Nullable String tlsAuthorityFile,
    int connectTimeoutMillis) {

  /** The role that serves every request; the modules' migrations grant to this name. */
  static final String APPLICATION_USER = "saferun_app";

  /** A socket on which nothing moved for so long belongs to a database that is gone. */
  private static final int SILENT_SECONDS_MAX = 60;

  private static final int LOGIN_SECONDS_MAX = 10;

  static DatabaseAddress external(String url, DatabaseConfiguration configuration) {
    return new DatabaseAddress(
        url,
        required(configuration.ownerUser(), "owner-user"),
        required(configuration.ownerPassword(), "owner-password"),
        required(configuration.applicationPassword(), "application-password"),
        configuration.tlsAuthorityFile(),
        Math.toIntExact(configuration.connectTimeout().toMillis()));
  }

  Connection ownerConnection() throws SQLException {
    return connect(ownerUser, ownerPassword);
  }

  String jdbcUrl() {
    return "jdbc:" + url;
  }

  /** What pgjdbc needs beside user and password. */
  Properties jdbcProperties() {
    Properties properties = new Properties();
    properties.setProperty(
        "connectTimeout",
        Long.toString(Math.max(1, TimeUnit.MILLISECONDS.toSeconds(connectTimeoutMillis))));
    // A server that takes the connection and then says nothing must not hold up a start for ever.
    properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS_MAX));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "saferun-owner");
    if (tlsAuthorityFile != null) {
      properties.setProperty("sslrootcert", tlsAuthorityFile);
    } else if (verifiesAuthority()) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return properties;
  }

  Connection connect(String user, String password) throws SQLException {
    Properties properties = jdbcProperties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return DriverManager.getConnection(jdbcUrl(), properties);
  }

  PgConnectOptions applicationOptions() {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    options.setUser(APPLICATION_USER);
    options.setPassword(applicationPassword);
    options.setCachePreparedStatements(true);
    options.setPreparedStatementCacheMaxSize(512);
    options.setConnectTimeout(connectTimeoutMillis);
    options.setTcpKeepAlive(true);
    options.setIdleTimeout(SILENT_SECONDS_MAX);
    options.addProperty("application_name", "saferun");
    trust(options);
    return options;
  }

  private void trust(PgConnectOptions options) {
    if (options.getSslMode() == SslMode.DISABLE) {
      return;
    }
    if (tlsAuthorityFile != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(tlsAuthorityFile));
    } else if (!verifiesAuthority()) {
      // What sslmode=require says and no more: encrypted, to whoever answers.
      options.setTrustAll(true);
    }
    if (options.getSslMode() == SslMode.VERIFY_FULL) {
      options.setHostnameVerificationAlgorithm("HTTPS");
    }
  }

  private boolean verifiesAuthority() {
    String query = URI.create(url).getQuery();
    return query != null && query.contains("sslmode=verify");
  }

  private static String required(@Nullable String value, String key) {
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "saferun.database.url is set, so saferun.database." + key + " must be too");
    }
    return value;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "DatabaseAddress[ownerUser=" + ownerUser + "]";
  }
}
