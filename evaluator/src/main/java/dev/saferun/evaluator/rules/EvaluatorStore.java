package dev.saferun.evaluator.rules;

import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.SchemaMigrations;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database must know of this module. */
@Factory
class EvaluatorStore {

  @Singleton
  @Named("evaluator")
  SchemaMigrations migrations() {
    return new SchemaMigrations("evaluator", 3);
  }

  @Singleton
  @Named("evaluator")
  ManagedEntities entities() {
    return new ManagedEntities(
        List.of(RuleVersionRow.class, GuardVersionRow.class, IntentModelRow.class));
  }
}
