package dev.saferun.tenancy;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups of members, and the roles that they give. As {@link Members} in everything else. */
public interface Groups {

  /** The source of memberships that the directory tells of. */
  String DIRECTORY = "directory";

  /** Which groups are meant; null leaves a field open. */
  record Filter(@Nullable String name, @Nullable String externalId, @Nullable UUID memberId) {

    public static final Filter ALL = new Filter(null, null, null);
  }

  /** In the order of their ids. */
  List<Group> page(Transaction transaction, Filter filter, @Nullable UUID after, int limit);

  long count(Transaction transaction, Filter filter);

  Group get(Transaction transaction, UUID id);

  Group add(Transaction transaction, Actor by, String name, Optional<String> externalId);

  Group rename(
      Transaction transaction, Actor by, UUID id, String name, Optional<String> externalId);

  void delete(Transaction transaction, Actor by, UUID id);

  /** Adds and takes out people, as this source has it. */
  Group membership(
      Transaction transaction,
      Actor by,
      UUID id,
      String source,
      Collection<UUID> added,
      Collection<UUID> removed);

  /**
   * Has a member be in the groups of these names, and in no other, as far as this source says.
   * Names of no group say nothing: a group is made by whoever gives it a role.
   */
  void said(Transaction transaction, Actor by, UUID memberId, String source, Set<String> names);

  Group grant(Transaction transaction, Actor by, UUID groupId, Role role, Optional<String> project);

  Group revoke(Transaction transaction, Actor by, UUID groupId, UUID grantId);
}
