package dev.saferun.auth.store;

import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database must know of this module. */
@Factory
class AuthStore {

  @Singleton
  @Named("auth")
  SchemaMigrations migrations() {
    return new SchemaMigrations("auth", 3);
  }

  @Singleton
  @Named("auth")
  ManagedEntities entities() {
    return new ManagedEntities(List.of(ApiKeyRow.class));
  }
}
