package dev.saferun.platform;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
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
  LastGood lastGood(DataDirectory directory, InstantSource clock) {
    return LastGood.in(directory, clock);
  }

  /** A first start has nothing to go on with, so without the database it must fail. */
  @Singleton
  @Bean(preDestroy = "close")
  RunningDatabase runningDatabase(
      DatabaseConfiguration configuration,
      DataDirectory directory,
      LastGood lastGood,
      List<SchemaMigrations> schemas,
      List<ManagedEntities> entities) {
    return lastGood.isEmpty()
        ? Databases.start(configuration, directory, schemas, entities)
        : Databases.startOrAwait(configuration, directory, schemas, entities);
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
