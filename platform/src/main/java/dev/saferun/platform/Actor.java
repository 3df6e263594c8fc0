package dev.saferun.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call. {@code id} is the key's or the person's id and {@code name} what a person calls
 * it; both stand in the audit log.
 *
 * @param access what it may do
 * @param requestId the {@link RequestId} of the request in which it acts; null outside of one
 * @param address from which that request came; null outside of one
 */
public record Actor(
    Kind kind,
    UUID id,
    String name,
    Scope scope,
    Access access,
    @Nullable String requestId,
    @Nullable String address) {

  /** An actor outside of any request. */
  public Actor(Kind kind, UUID id, String name, Scope scope, Access access) {
    this(kind, id, name, scope, access, null, null);
  }

  /** One whose permissions nobody asks for. */
  public Actor(Kind kind, UUID id, String name, Scope scope) {
    this(kind, id, name, scope, Access.NONE);
  }

  /** What kind of caller. */
  public enum Kind {
    /** An agent's key, bound to one environment: checks, frames, and reading its own runs. */
    AGENT,
    /** A key that administers one organization. */
    ADMIN,
    /** A key that may open new organizations on this appliance beside that. */
    OPERATOR,
    /** A member of an organization, signed in or by an access token. */
    PERSON,
    /** The directory of an organization, which tells of its people. */
    DIRECTORY,
    /** The appliance itself: migrations, the drain, the audit of an overflow. */
    SYSTEM
  }

  /** The appliance itself, in one organization; its id is that of nothing else. */
  public static Actor appliance(UUID organizationId) {
    return new Actor(
        Kind.SYSTEM, new UUID(0, 0), "appliance", new Scope(organizationId, null, null));
  }

  /** The same actor, acting in this request. */
  public Actor inRequest(String requestId, String address) {
    return new Actor(kind, id, name, scope, access, requestId, address);
  }

  /** The same actor in the same request, seen from elsewhere. */
  public Actor within(Scope elsewhere) {
    return new Actor(kind, id, name, elsewhere, access, requestId, address);
  }

  public UUID organizationId() {
    return scope.organizationId();
  }
}
