package dev.saferun.tenancy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that somebody was given.
 *
 * @param project the name of the one project in which it holds; null for all of the organization
 * @param group the group through which a member has it; null where it was given to the member
 * @param grantedBy the name of the actor that gave it
 */
public record Grant(
    UUID id,
    Role role,
    @Nullable UUID projectId,
    @Nullable String project,
    @Nullable String group,
    Instant grantedAt,
    String grantedBy) {}
