package dev.saferun.tenancy.store;

import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database must know of this module. */
@Factory
class TenancyStore {

  @Singleton
  @Named("tenancy")
  SchemaMigrations migrations() {
    return new SchemaMigrations("tenancy", 2);
  }

  @Singleton
  @Named("tenancy")
  ManagedEntities entities() {
    return new ManagedEntities(
        List.of(OrganizationRow.class, ProjectRow.class, EnvironmentRow.class));
  }
}
