package dev.saferun.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call may touch: one environment, or one project (the environment is absent), or a whole
 * organization (the project is, too).
 */
public record Scope(UUID organizationId, @Nullable UUID projectId, @Nullable UUID environmentId) {

  /** The one environment; a caller whose key spans the organization is told which key it needs. */
  public UUID requireEnvironment() {
    if (environmentId == null) {
      throw new ProblemException(
          CommonProblem.ENVIRONMENT_KEY_REQUIRED,
          "use a key of the environment that the call is for");
    }
    return environmentId;
  }

  /** The one project; a caller whose key spans several is told which key it needs. */
  public UUID requireProject() {
    if (projectId == null) {
      requireEnvironment();
      throw new IllegalStateException("an environment without a project");
    }
    return projectId;
  }

  /** Whether that environment lies within. */
  public boolean holds(UUID organization, UUID project, UUID environment) {
    return organizationId.equals(organization)
        && (projectId == null || projectId.equals(project))
        && (environmentId == null || environmentId.equals(environment));
  }
}
