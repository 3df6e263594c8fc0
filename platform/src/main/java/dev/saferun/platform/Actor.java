package dev.saferun.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call. {@code id} is the key's (later the person's) id and {@code name} what a person
 * calls it; both stand in the audit log.
 *
 * @param requestId the {@link RequestId} of the request in which it acts; null outside of one
 * @param address from which that request came; null outside of one
 */
public record Actor(
    Kind kind,
    UUID id,
    String name,
    Scope scope,
    @Nullable String requestId,
    @Nullable String address) {

  /** An actor outside of any request. */
  public Actor(Kind kind, UUID id, String name, Scope scope) {
    this(kind, id, name, scope, null, null);
  }

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

  /** The same actor, acting in this request. */
  public Actor inRequest(String requestId, String address) {
    return new Actor(kind, id, name, scope, requestId, address);
  }

  /** The same actor in the same request, seen from elsewhere. */
  public Actor within(Scope elsewhere) {
    return new Actor(kind, id, name, elsewhere, requestId, address);
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
