package dev.saferun.replay.store;

import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Contributes this module's schema. */
@Factory
final class ReplayStore {

  /** The module's level in the level table: its tables refer to those of tenancy. */
  private static final int LEVEL = 4;

  @Singleton
  @Named("replay")
  SchemaMigrations migrations() {
    return new SchemaMigrations("replay", LEVEL);
  }
}
