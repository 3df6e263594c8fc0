package dev.saferun.platform;

import java.util.UUID;

/**
 * Who makes a call. {@code id} is the key's (later the person's) id and {@code name} what a person
 * calls it; both stand in the audit log.
 */
public record Actor(Kind kind, UUID id, String name, Scope scope) {

  /** What kind of caller, from the least to the most that it may do. */
  public enum Kind {
    /** An agent's key, bound to one environment: checks, frames, and reading its own runs. */
    AGENT,
    /** Administers one organization. */
    ADMIN,
    /** Administers its own organization and may open new ones on this appliance. */
    OPERATOR,
    /** The appliance itself: migrations, the drain, the audit of an overflow. */
    SYSTEM
  }

  public UUID organizationId() {
    return scope.organizationId();
  }

  /** Refuses everyone who may not change an organization's settings. */
  public Actor requireAdmin() {
    if (kind == Kind.AGENT) {
      throw new ProblemException(
          CommonProblem.ADMIN_KEY_REQUIRED, "this endpoint needs an admin key");
    }
    return this;
  }
}
