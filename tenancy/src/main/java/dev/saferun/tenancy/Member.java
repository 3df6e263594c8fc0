package dev.saferun.tenancy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in an organization.
 *
 * @param userName what the directory calls the person; unique in the organization, whatever the
 *     case of its letters
 * @param email to write to; says nothing of who somebody is
 * @param externalId the directory's own id; null where no directory told of the person
 * @param deactivatedAt null while the person is a member
 * @param version grows with each change
 */
public record Member(
    UUID id,
    String userName,
    String displayName,
    @Nullable String email,
    @Nullable String externalId,
    Instant createdAt,
    Instant changedAt,
    @Nullable Instant deactivatedAt,
    long version,
    List<Grant> grants) {

  public Member {
    grants = List.copyOf(grants);
  }

  public boolean isActive() {
    return deactivatedAt == null;
  }
}
