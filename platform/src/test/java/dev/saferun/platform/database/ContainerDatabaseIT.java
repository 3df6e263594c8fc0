package dev.saferun.platform.database;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.DatabaseConfiguration;
import dev.saferun.platform.Databases;
import dev.saferun.platform.RunningDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract over an external server. Runs where a Docker engine answers; {@code
 * SAFERUN_TEST_POSTGRES_IMAGE} names another image than the official one.
 */
class ContainerDatabaseIT extends DatabaseContract {

  @TempDir static Path temporary;

  private static PostgreSQLContainer container;
  private static DataDirectory directory;
  private static RunningDatabase running;

  @BeforeAll
  static void start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String skipped = "SKIPPED: no Docker engine answers, the contract ran on embedded only";
      LoggerFactory.getLogger(ContainerDatabaseIT.class).warn(skipped);
      Assumptions.abort(skipped);
    }
    String image = System.getenv().getOrDefault("SAFERUN_TEST_POSTGRES_IMAGE", "postgres:17");
    container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
    container.start();
    directory = DataDirectory.open(temporary);
    String url =
        "postgresql://"
            + container.getHost()
            + ":"
            + container.getMappedPort(5432)
            + "/"
            + container.getDatabaseName();
    running =
        Databases.start(
            DatabaseConfiguration.external(
                url, container.getUsername(), container.getPassword(), "application"),
            directory,
            SCHEMAS,
            ENTITIES);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
      directory.close();
      container.stop();
    }
  }

  @Override
  RunningDatabase running() {
    return running;
  }
}
