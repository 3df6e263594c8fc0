package dev.saferun.platform;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Who keeps the secrets. Read at start, so that a wrong value refuses to start.
 *
 * @param keeper {@code keyring} in the data directory, {@code vault}, or {@code environment}
 *     variables
 * @param dataKeyCache how long a data key may be in memory in the clear; 15 minutes at most
 */
@Context
@ConfigurationProperties("saferun.secrets")
public record SecretsConfiguration(
    @Bindable(defaultValue = "keyring") String keeper,
    @Bindable(defaultValue = "15m") Duration dataKeyCache) {

  public static final String KEYRING = "keyring";
  public static final String VAULT = "vault";
  public static final String ENVIRONMENT = "environment";

  private static final Duration CACHE_MAX = Duration.ofMinutes(15);
  private static final Duration CACHE_MIN = Duration.ofSeconds(1);

  public SecretsConfiguration {
    if (!keeper.equals(KEYRING) && !keeper.equals(VAULT) && !keeper.equals(ENVIRONMENT)) {
      throw new IllegalArgumentException(
          "saferun.secrets.keeper must be keyring, vault or environment");
    }
    if (dataKeyCache.compareTo(CACHE_MIN) < 0 || dataKeyCache.compareTo(CACHE_MAX) > 0) {
      throw new IllegalArgumentException("saferun.secrets.data-key-cache must be from 1s to 15m");
    }
  }

  /** The defaults, as the annotations say them. */
  public static SecretsConfiguration defaults() {
    return new SecretsConfiguration(KEYRING, CACHE_MAX);
  }
}
