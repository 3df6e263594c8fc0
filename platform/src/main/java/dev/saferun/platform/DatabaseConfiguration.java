package dev.saferun.platform;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which database, and how to reach it.
 *
 * @param url an external one, {@code postgresql://host:port/database?sslmode=verify-full}; absent
 *     means the embedded one in the data directory
 * @param ownerUser the role that owns the schemas and migrates them; it may create the
 *     application's role, or that exists already
 * @param ownerPassword the owner's
 * @param applicationPassword of the role {@code saferun_app}, which serves every request
 * @param tlsAuthorityFile PEM file of the authorities trusted for the database; absent means the
 *     Java runtime's
 * @param poolSize connections for each of the two paths, control plane and bulk
 * @param connectTimeout after which a database that does not answer counts as away
 * @param startTimeout how long a start that could go on from what the disk has waits for a database
 *     that cannot be reached
 */
@ConfigurationProperties("saferun.database")
public record DatabaseConfiguration(
    @Nullable String url,
    @Nullable String ownerUser,
    @Nullable String ownerPassword,
    @Nullable String applicationPassword,
    @Nullable String tlsAuthorityFile,
    @Bindable(defaultValue = "8") int poolSize,
    @Bindable(defaultValue = "2s") Duration connectTimeout,
    @Bindable(defaultValue = "5s") Duration startTimeout) {

  private static final int POOL_SIZE = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(5);

  /** The defaults: the embedded database. */
  public static DatabaseConfiguration embedded() {
    return new DatabaseConfiguration(
        null, null, null, null, null, POOL_SIZE, CONNECT_TIMEOUT, START_TIMEOUT);
  }

  /** An external database with the other values at their defaults. */
  public static DatabaseConfiguration external(
      String url, String ownerUser, String ownerPassword, String applicationPassword) {
    return new DatabaseConfiguration(
        url,
        ownerUser,
        ownerPassword,
        applicationPassword,
        null,
        POOL_SIZE,
        CONNECT_TIMEOUT,
        START_TIMEOUT);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "DatabaseConfiguration[url=" + (url == null ? "embedded" : "external") + "]";
  }
}
