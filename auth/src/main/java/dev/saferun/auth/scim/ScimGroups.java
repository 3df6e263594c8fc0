package dev.saferun.auth.scim;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Group;
import dev.saferun.tenancy.Group.GroupMember;
import dev.saferun.tenancy.Groups;
import dev.saferun.tenancy.Members;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The groups of SCIM, with those in them whom the directory put there. As {@link ScimUsers}. */
@Singleton
public class ScimGroups {

  private static final List<String> LOOKED_UP =
      List.of("id", "displayname", "externalid", "members", "members.value");

  private final Groups groups;
  private final Members members;
  private final ScimAddresses addresses;

  ScimGroups(Groups groups, Members members, ScimAddresses addresses) {
    this.groups = groups;
    this.members = members;
    this.addresses = addresses;
  }

  /** A page of those that are asked for, the oldest first, as the bytes of a list. */
  public byte[] list(Transaction transaction, ScimQuery query, ScimSelection selection) {
    Optional<Groups.Filter> filter = filter(query);
    if (filter.isEmpty()) {
      return ScimResource.page(List.of(), 0, query, selection);
    }
    long total = groups.count(transaction, filter.get());
    List<Group> page =
        query.count() == 0
            ? List.of()
            : groups.slice(transaction, filter.get(), query.skipped(), query.count());
    return ScimResource.page(resources(transaction, page), total, query, selection);
  }

  /** Empty where no group can be meant. */
  private static Optional<Groups.Filter> filter(ScimQuery query) {
    Lookup lookup = Lookup.of(query.filter(), LOOKED_UP);
    String id = lookup.text("id");
    String value = lookup.text("members.value");
    String member = value == null ? lookup.text("members") : value;
    UUID knownId = id == null ? null : Values.id(id).orElse(null);
    UUID knownMember = member == null ? null : Values.id(member).orElse(null);
    if ((id != null && knownId == null) || (member != null && knownMember == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Groups.Filter(
            knownId,
            lookup.text("displayname"),
            lookup.text("externalid"),
            knownMember,
            Groups.DIRECTORY));
  }

  public ScimResource get(Transaction transaction, String id) {
    return resource(transaction, group(transaction, id));
  }

  private Group group(Transaction transaction, String id) {
    return groups.get(
        transaction,
        Values.id(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND, "there is no such group in your organization")));
  }

  public ScimResource create(Transaction transaction, Actor by, ScimBody body) {
    GroupDraft draft = GroupDraft.ofNothing(body.steps());
    Group added = groups.add(transaction, by, draft.displayName(), draft.externalId());
    moved(transaction, by, added.id(), Set.of(), draft.members());
    return get(transaction, added.id().toString());
  }

  /** What the body does not say is taken away, those in the group included. */
  public ScimResource replace(
      Transaction transaction, Actor by, String id, @Nullable String ifMatch, ScimBody body) {
    Group before = inTurn(transaction, id, ifMatch);
    Set<UUID> there = members(transaction, before);
    return changed(transaction, by, before, there, GroupDraft.ofNothing(body.steps()));
  }

  public ScimResource patch(
      Transaction transaction, Actor by, String id, @Nullable String ifMatch, ScimBody body) {
    Group before = inTurn(transaction, id, ifMatch);
    Set<UUID> there = members(transaction, before);
    return changed(transaction, by, before, there, GroupDraft.of(before, there, body.steps()));
  }

  private ScimResource changed(
      Transaction transaction, Actor by, Group before, Set<UUID> there, GroupDraft draft) {
    boolean isNamedSo =
        draft.displayName().equals(before.name())
            && draft.externalId().equals(Optional.ofNullable(before.externalId()));
    if (!isNamedSo) {
      groups.rename(
          transaction,
          by,
          before.id(),
          draft.displayName(),
          Optional.of(draft.externalId().orElse("")));
    }
    moved(transaction, by, before.id(), there, draft.members());
    return get(transaction, before.id().toString());
  }

  private void moved(
      Transaction transaction, Actor by, UUID id, Set<UUID> there, Set<UUID> wanted) {
    Set<UUID> added = without(wanted, there);
    Set<UUID> removed = without(there, wanted);
    if (added.isEmpty() && removed.isEmpty()) {
      return;
    }
    Group after = groups.membership(transaction, by, id, Groups.DIRECTORY, added, removed);
    Set<UUID> now = ids(after.members());
    if (!now.containsAll(added)) {
      throw ScimProblem.INVALID_VALUE.with(
          "a member's value is the id of a user of your organization; groups in groups are not"
              + " kept");
    }
  }

  private static Set<UUID> without(Set<UUID> these, Set<UUID> those) {
    Set<UUID> rest = new LinkedHashSet<>(these);
    rest.removeAll(those);
    return rest;
  }

  public void remove(Transaction transaction, Actor by, String id, @Nullable String ifMatch) {
    groups.delete(transaction, by, inTurn(transaction, id, ifMatch).id());
  }

  /** The group, of which nobody else makes another version before this transaction ends. */
  private Group inTurn(Transaction transaction, String id, @Nullable String ifMatch) {
    members.awaitTurn(transaction);
    Group group = group(transaction, id);
    ScimVersion.require(ifMatch, version(group));
    return group;
  }

  private Set<UUID> members(Transaction transaction, Group group) {
    return ids(
        groups
            .members(transaction, List.of(group.id()), Groups.DIRECTORY)
            .getOrDefault(group.id(), List.of()));
  }

  private static Set<UUID> ids(List<GroupMember> members) {
    return members.stream().map(GroupMember::id).collect(Collectors.toSet());
  }

  private ScimResource resource(Transaction transaction, Group group) {
    return resources(transaction, List.of(group)).getFirst();
  }

  private List<ScimResource> resources(Transaction transaction, List<Group> page) {
    Map<UUID, List<GroupMember>> there =
        groups.members(transaction, page.stream().map(Group::id).toList(), Groups.DIRECTORY);
    return page.stream()
        .map(group -> resource(group, there.getOrDefault(group.id(), List.of())))
        .toList();
  }

  private ScimResource resource(Group group, List<GroupMember> there) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schemas", List.of(ScimSchemas.GROUP));
    document.put("id", group.id().toString());
    document.put("displayName", group.name());
    document.put("members", there.stream().map(this::member).toList());
    if (group.externalId() != null) {
      document.put("externalId", group.externalId());
    }
    return ScimResource.of(
        document,
        "Group",
        group.createdAt(),
        group.changedAt(),
        version(group),
        addresses.group(group.id()));
  }

  private static String version(Group group) {
    return ScimVersion.of(String.valueOf(group.version()));
  }

  private Map<String, Object> member(GroupMember member) {
    return Map.of(
        "value",
        member.id().toString(),
        "$ref",
        addresses.user(member.id()),
        "display",
        member.displayName(),
        "type",
        "User");
  }
}
