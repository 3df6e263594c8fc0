package dev.saferun.appliance.serve;

import dev.saferun.platform.SecretKeyring;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.TokenKeys;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Fills the ports of one module with what another has. */
@Factory
final class Wiring {

  @Singleton
  TokenKeys tokenKeys(SecretKeyring keyring) {
    return new DerivedTokenKeys(keyring.derive("redaction/tokens/v1"));
  }
}
