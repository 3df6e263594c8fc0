package dev.saferun.platform.secrets;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Database;
import dev.saferun.platform.KeyKeeper;
import dev.saferun.platform.KeyRotation;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.Secrets;
import dev.saferun.platform.SecretsConfiguration;
import dev.saferun.platform.SecretsHealth;
import dev.saferun.platform.VaultConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Fills the ports of secrets from the configuration. The keepers need no database; keys do. */
@Factory
final class SecretsBeans {

  @Singleton
  SecretsMetrics metrics(@Nullable Meter meter) {
    return new SecretsMetrics(meter == null ? OpenTelemetry.noop().getMeter("none") : meter);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Keepers keepers(
      SecretsConfiguration configuration,
      VaultConfiguration vault,
      DataDirectory directory,
      SecretKeyring keyring,
      SecretsMetrics metrics,
      InstantSource clock) {
    KeeperChoice choice =
        new KeeperChoice(configuration, vault, directory, keyring, System::getenv, clock);
    return new Keepers(choice.keepers(System::nanoTime), metrics, clock);
  }

  @Singleton
  Secrets secrets(Keepers keepers) {
    return keepers.current();
  }

  @Singleton
  KeyKeeper keyKeeper(Keepers keepers) {
    return keepers.current();
  }

  @Singleton
  @Bean(preDestroy = "close")
  DataKeyCare dataKeyCare(
      Keepers keepers,
      SecretsConfiguration configuration,
      Database database,
      ChangeFeed changes,
      SecretsMetrics metrics,
      InstantSource clock) {
    return DataKeyCare.start(
        keepers, configuration.dataKeyCache(), database, changes, metrics, clock, System::nanoTime);
  }

  @Singleton
  DataKeys dataKeys(DataKeyCare care) {
    return care.keys();
  }

  @Singleton
  KeyRotation keyRotation(DataKeyCare care) {
    return care.rotation();
  }

  @Singleton
  SecretsHealth secretsHealth(DataKeyCare care) {
    return care.health();
  }
}
