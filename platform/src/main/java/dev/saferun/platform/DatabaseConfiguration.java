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
 */
@ConfigurationProperties("saferun.database")
public record DatabaseConfiguration(
    @Nullable String url,
    @Nullable String ownerUser,
    @Nullable String ownerPassword,
    @Nullable String applicationPassword,
    @Nullable String tlsAuthorityFile,
    @Bindable(defaultValue = "8") int poolSize,
    @Bindable(defaultValue = "2s") Duration connectTimeout) {

  /** The defaults: the embedded database. */
  public static DatabaseConfiguration embedded() {
    return new DatabaseConfiguration(null, null, null, null, null, 8, Duration.ofSeconds(2));
  }

  /** An external database with the other values at their defaults. */
  public static DatabaseConfiguration external(
      String url, String ownerUser, String ownerPassword, String applicationPassword) {
    return new DatabaseConfiguration(
        url, ownerUser, ownerPassword, applicationPassword, null, 8, Duration.ofSeconds(2));
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "DatabaseConfiguration[url=" + (url == null ? "embedded" : "external") + "]";
  }
}
