package dev.saferun.tenancy;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups of members, and the roles that they give. As {@link Members} in everything else. */
public interface Groups {

  /** The source of memberships that the directory tells of. */
  String DIRECTORY = "directory";

  /**
   * Which groups are meant; null leaves a field open.
   *
   * @param memberId who is in it, by the word of any source
   * @param source by whose word; asks for nothing where no member is named
   */
  record Filter(
      @Nullable UUID id,
      @Nullable String name,
      @Nullable String externalId,
      @Nullable UUID memberId,
      @Nullable String source) {

    public static final Filter ALL = new Filter(null, null, null);

    public Filter(@Nullable String name, @Nullable String externalId, @Nullable UUID memberId) {
      this(null, name, externalId, memberId, null);
    }
  }

  /** A group by its name. */
  record Named(UUID id, String name) {}

  /** In the order of their ids. */
  List<Group> page(Transaction transaction, Filter filter, @Nullable UUID after, int limit);

  /** In the same order, without the first so many. */
  List<Group> slice(Transaction transaction, Filter filter, int skipped, int limit);

  long count(Transaction transaction, Filter filter);

  /** Who is in these groups by the word of this source; a group with nobody is not among them. */
  Map<UUID, List<Group.GroupMember>> members(
      Transaction transaction, Collection<UUID> ids, String source);

  /** In which groups these members are by the word of this source; as {@link #members} else. */
  Map<UUID, List<Named>> ofMembers(
      Transaction transaction, Collection<UUID> memberIds, String source);

  Group get(Transaction transaction, UUID id);

  Group add(Transaction transaction, Actor by, String name, Optional<String> externalId);

  /** An empty text takes the external id away, and none leaves it. */
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
