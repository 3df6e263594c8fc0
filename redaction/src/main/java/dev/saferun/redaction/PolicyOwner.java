package dev.saferun.redaction;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose layer it is: an organization's, a project's or an environment's. */
public record PolicyOwner(
    UUID organizationId, @Nullable UUID projectId, @Nullable UUID environmentId) {

  /** As the audit log names it. */
  public String target() {
    if (environmentId != null) {
      return "environment:" + environmentId;
    }
    return projectId == null ? "organization:" + organizationId : "project:" + projectId;
  }
}
