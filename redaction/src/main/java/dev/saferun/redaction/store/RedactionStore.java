package dev.saferun.redaction.store;

import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database must know of this module. */
@Factory
class RedactionStore {

  @Singleton
  @Named("redaction")
  SchemaMigrations migrations() {
    return new SchemaMigrations("redaction", 3);
  }

  @Singleton
  @Named("redaction")
  ManagedEntities entities() {
    return new ManagedEntities(List.of(PolicyVersionRow.class));
  }
}
