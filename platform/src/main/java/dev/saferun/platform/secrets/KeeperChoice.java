package dev.saferun.platform.secrets;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.SecretsConfiguration;
import dev.saferun.platform.VaultConfiguration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Which keepers there are by the configuration. Beside the configured one a keyring that lies in
 * the data directory and a Vault whose address is set are there to unwrap what they once wrapped.
 */
record KeeperChoice(
    SecretsConfiguration configuration,
    VaultConfiguration vault,
    DataDirectory directory,
    SecretKeyring keyring,
    EnvironmentKeeper.Variables variables,
    InstantSource clock) {

  /** The configured one first. */
  List<BlockingKeeper> keepers(LongSupplier nanoTime) {
    List<BlockingKeeper> keepers = new ArrayList<>();
    keepers.add(
        switch (configuration.keeper()) {
          case SecretsConfiguration.VAULT -> new VaultKeeper(vault, nanoTime);
          case SecretsConfiguration.ENVIRONMENT -> new EnvironmentKeeper(variables);
          default -> localKeyring();
        });
    if (!is(SecretsConfiguration.KEYRING) && KeyringFile.isIn(directory)) {
      keepers.add(localKeyring());
    }
    if (!is(SecretsConfiguration.VAULT) && vault.isConfigured()) {
      keepers.add(new VaultKeeper(vault, nanoTime));
    }
    return keepers;
  }

  private boolean is(String keeper) {
    return configuration.keeper().equals(keeper);
  }

  private KeyringKeeper localKeyring() {
    return new KeyringKeeper(new KeyringFile(directory, keyring, clock), directory);
  }
}
