package dev.saferun.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call may touch: one environment of one project, or (for an administrator) a whole
 * organization, in which case project and environment are absent.
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

  /** The one project; absent only together with the environment. */
  public UUID requireProject() {
    requireEnvironment();
    if (projectId == null) {
      throw new IllegalStateException("an environment without a project");
    }
    return projectId;
  }
}
