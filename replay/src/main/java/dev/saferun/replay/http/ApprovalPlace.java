package dev.saferun.replay.http;

import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a list is asked of: a project by its name, an environment by its id or by both names. */
@Singleton
final class ApprovalPlace {

  private final Environments environments;

  ApprovalPlace(Environments environments) {
    this.environments = environments;
  }

  /** What is asked for, never more than what the caller may see. */
  Scope within(Scope own, @Nullable String project, @Nullable String environment) {
    if (project == null && environment == null) {
      return own;
    }
    List<Scope> found =
        environments.ofOrganization(own.organizationId()).stream()
            .filter(one -> project == null || one.project().equals(project))
            .filter(one -> environment == null || isNamed(one, project, environment))
            .map(EnvironmentSettings::scope)
            .filter(scope -> holds(own, scope))
            .toList();
    if (found.isEmpty()) {
      throw Parameters.absent();
    }
    Scope first = found.getFirst();
    boolean whole = environment == null && own.environmentId() == null;
    return whole ? new Scope(own.organizationId(), first.projectId(), null) : first;
  }

  private static boolean isNamed(
      EnvironmentSettings one, @Nullable String project, String environment) {
    UUID id = one.scope().requireEnvironment();
    return id.toString().equals(environment)
        || (project != null && one.environment().equals(environment));
  }

  private static boolean holds(Scope own, Scope scope) {
    return own.holds(scope.organizationId(), scope.requireProject(), scope.requireEnvironment());
  }
}
