package dev.saferun.tenancy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People of an organization that a directory, or what an identity provider says at a sign-in, keeps
 * together. What they may do by that is in the grants of the group.
 *
 * @param externalId the directory's own id; null where no directory told of it
 */
public record Group(
    UUID id,
    String name,
    @Nullable String externalId,
    Instant createdAt,
    Instant changedAt,
    long version,
    List<GroupMember> members,
    List<Grant> grants) {

  /** Somebody in it. */
  public record GroupMember(UUID id, String displayName) {}

  public Group {
    members = List.copyOf(members);
    grants = List.copyOf(grants);
  }
}
