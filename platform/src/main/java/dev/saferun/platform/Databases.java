package dev.saferun.platform;

import dev.saferun.platform.database.DatabaseLauncher;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts a {@link RunningDatabase} by hand. In the appliance the beans do it; a test of a module
 * that needs the database and no more calls {@link #startTemporary}.
 */
public final class Databases {

  private Databases() {}

  /** Starts or connects the configured database and brings every schema up to date. */
  public static RunningDatabase start(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return DatabaseLauncher.start(
        configuration, directory, directory.directory("postgres"), schemas, entities);
  }

  /**
   * The same, but does not fail where the database cannot be reached, is corrupt or refuses: it is
   * then tried again and again in the background, for as long as it takes. Settings that cannot be
   * right are refused as ever.
   */
  public static RunningDatabase startOrAwait(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return DatabaseLauncher.startOrAwait(
        configuration, directory, directory.directory("postgres"), schemas, entities);
  }

  /**
   * A real, empty PostgreSQL in a new temporary directory that goes when it is closed. The unpacked
   * server binaries are kept for the next one in {@code ~/.cache/saferun}.
   */
  public static RunningDatabase startTemporary(
      List<SchemaMigrations> schemas, List<ManagedEntities> entities) {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "saferun");
    return DatabaseLauncher.startTemporary(cache, schemas, entities);
  }
}
