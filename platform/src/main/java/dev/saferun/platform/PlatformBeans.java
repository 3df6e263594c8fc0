package dev.saferun.platform;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;

/** Makes the platform's beans from the configuration and from what the modules contribute. */
@Factory
final class PlatformBeans {

  @Singleton
  @Bean(preDestroy = "close")
  DataDirectory dataDirectory(@Value("${saferun.data-dir:data}") String path) {
    return DataDirectory.open(Path.of(path));
  }

  @Singleton
  SecretKeyring secretKeyring(DataDirectory directory) {
    return SecretKeyring.open(directory);
  }

  @Singleton
  @Bean(preDestroy = "close")
  RunningDatabase runningDatabase(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return Databases.start(configuration, directory, schemas, entities);
  }

  @Singleton
  Database database(RunningDatabase running) {
    return running.database();
  }

  @Singleton
  ChangeFeed changeFeed(RunningDatabase running) {
    return running.changeFeed();
  }
}
