package dev.saferun.audit.store;

import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database must know of this module. */
@Factory
class AuditStore {

  @Singleton
  @Named("audit")
  SchemaMigrations migrations() {
    return new SchemaMigrations("audit", 1);
  }

  @Singleton
  @Named("audit")
  ManagedEntities entities() {
    return new ManagedEntities(List.of(EventRow.class));
  }
}
