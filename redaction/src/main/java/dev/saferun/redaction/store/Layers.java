package dev.saferun.redaction.store;

import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.tenancy.EnvironmentSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one organization's people have written, with the policies that follow from it: compiled when
 * it is made, so that asking costs nothing.
 */
final class Layers {

  static final Layers NONE =
      new Layers(
          Map.of(),
          Map.of(),
          RedactionPolicy.standard(),
          RedactionPolicy.of(List.of(RedactionRules.production())));

  private static final String PRODUCTION = "production";

  /** By owner: the organization, a project, an environment. */
  private final Map<UUID, RedactionRules> byOwner;

  private final Map<UUID, RedactionPolicy> compiled;
  private final RedactionPolicy standard;
  private final RedactionPolicy production;

  private Layers(
      Map<UUID, RedactionRules> byOwner,
      Map<UUID, RedactionPolicy> compiled,
      RedactionPolicy standard,
      RedactionPolicy production) {
    this.byOwner = byOwner;
    this.compiled = compiled;
    this.standard = standard;
    this.production = production;
  }

  /** Compiles all of them, which is no work for an event loop. */
  static Layers of(UUID organizationId, Map<UUID, RedactionRules> byOwner) {
    RedactionRules floor = byOwner.get(organizationId);
    Map<UUID, RedactionPolicy> compiled = new HashMap<>();
    byOwner.forEach(
        (owner, own) -> {
          if (!owner.equals(organizationId)) {
            compiled.put(owner, over(floor, own));
          }
        });
    return new Layers(
        Map.copyOf(byOwner),
        compiled,
        floor == null ? NONE.standard : over(floor, RedactionRules.standard()),
        floor == null ? NONE.production : over(floor, RedactionRules.production()));
  }

  Map<UUID, RedactionRules> byOwner() {
    return byOwner;
  }

  RedactionPolicy policy(EnvironmentSettings environment) {
    RedactionPolicy own = compiled.get(environment.scope().requireEnvironment());
    @Nullable RedactionPolicy written =
        own == null ? compiled.get(environment.scope().requireProject()) : own;
    return written == null ? usual(environment.environment()) : written;
  }

  /** What an environment of that name has where nobody chose otherwise. */
  private RedactionPolicy usual(String environment) {
    return environment.equals(PRODUCTION) ? production : standard;
  }

  /** The policy that would hold with another layer in the place of the environment's own. */
  RedactionPolicy policy(EnvironmentSettings environment, RedactionRules own) {
    return over(byOwner.get(environment.scope().organizationId()), own);
  }

  private static RedactionPolicy over(@Nullable RedactionRules floor, RedactionRules own) {
    return RedactionPolicy.of(floor == null ? List.of(own) : List.of(floor, own));
  }
}
