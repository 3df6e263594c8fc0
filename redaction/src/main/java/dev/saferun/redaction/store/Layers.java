package dev.saferun.redaction.store;

import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.tenancy.EnvironmentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one organization's people have written, with the policies that follow from it. */
final class Layers {

  static final Layers NONE = new Layers(Map.of());

  private static final String PRODUCTION = "production";

  /** By owner: the organization, a project, an environment. */
  private final Map<UUID, RedactionRules> byOwner;

  private final Map<UUID, RedactionPolicy> compiled = new ConcurrentHashMap<>();

  Layers(Map<UUID, RedactionRules> byOwner) {
    this.byOwner = Map.copyOf(byOwner);
  }

  Map<UUID, RedactionRules> byOwner() {
    return byOwner;
  }

  RedactionPolicy policy(EnvironmentSettings environment) {
    UUID id = environment.scope().requireEnvironment();
    RedactionPolicy known = compiled.get(id);
    return known == null ? compiled.computeIfAbsent(id, first -> compile(environment)) : known;
  }

  private RedactionPolicy compile(EnvironmentSettings environment) {
    return policy(environment, own(environment));
  }

  /** The policy that would hold with another layer in the place of the environment's own. */
  RedactionPolicy policy(EnvironmentSettings environment, RedactionRules own) {
    List<RedactionRules> layers = new ArrayList<>();
    RedactionRules floor = byOwner.get(environment.scope().organizationId());
    if (floor != null) {
      layers.add(floor);
    }
    layers.add(own);
    return RedactionPolicy.of(layers);
  }

  private RedactionRules own(EnvironmentSettings environment) {
    RedactionRules own = byOwner.get(environment.scope().requireEnvironment());
    @Nullable RedactionRules written =
        own == null ? byOwner.get(environment.scope().requireProject()) : own;
    return written == null ? standard(environment.environment()) : written;
  }

  /** What an environment of that name has where nobody chose otherwise. */
  static RedactionRules standard(String environment) {
    return environment.equals(PRODUCTION) ? RedactionRules.production() : RedactionRules.standard();
  }
}
