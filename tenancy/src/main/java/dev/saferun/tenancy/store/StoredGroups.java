package dev.saferun.tenancy.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Grant;
import dev.saferun.tenancy.Group;
import dev.saferun.tenancy.Group.GroupMember;
import dev.saferun.tenancy.Groups;
import dev.saferun.tenancy.Role;
import dev.saferun.tenancy.TenancyProblem;
import dev.saferun.tenancy.store.GrantRows.Holder;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups in the database. */
@Singleton
class StoredGroups implements Groups {

  private static final String COLUMNS =
      """
      select id, name, external_id, created_at, changed_at, version from tenancy.member_group g
      """;

  private static final String FILTER =
      """
      where organization_id = $1
        and ($2::uuid is null or id = $2)
        and ($3::text is null or lower(name) = lower($3))
        and ($4::text is null or external_id = $4)
        and ($5::uuid is null or exists (select from tenancy.group_member m
          where m.organization_id = $1 and m.group_id = g.id and m.member_id = $5
            and ($6::text is null or m.source = $6)))
      """;

  private static final String PAGE =
      COLUMNS + FILTER + " and ($7::uuid is null or id > $7) order by id limit $8";

  private static final String SLICE = COLUMNS + FILTER + " order by id offset $7 limit $8";

  private static final String COUNT = "select count(*) from tenancy.member_group g " + FILTER;

  private static final String ONE = COLUMNS + " where organization_id = $1 and id = $2";

  private static final String MEMBERS =
      """
      select distinct i.group_id, m.id, m.display_name
      from tenancy.group_member i
      join tenancy.member m on m.organization_id = i.organization_id and m.id = i.member_id
      where i.organization_id = $1 and i.group_id = any ($2) and m.removed_at is null
        and ($3::text is null or i.source = $3)
      order by m.id
      """;

  private static final String OF_MEMBERS =
      """
      select i.member_id, g.id, g.name
      from tenancy.group_member i
      join tenancy.member_group g on g.organization_id = i.organization_id and g.id = i.group_id
      where i.organization_id = $1 and i.member_id = any ($2) and i.source = $3
      order by g.id
      """;

  private static final String TAKEN =
      """
      select lower(name) = lower($2) as by_name from tenancy.member_group
      where organization_id = $1 and id <> $4 and (lower(name) = lower($2) or external_id = $3)
      """;

  private static final String ADD =
      """
      insert into tenancy.member_group (organization_id, id, name, external_id, created_at, changed_at)
      values ($1, $2, $3, $4, $5, $5)
      """;

  private static final String RENAME =
      """
      update tenancy.member_group set name = $3, external_id = $4, changed_at = $5, version = version + 1
      where organization_id = $1 and id = $2
      """;

  private static final String TOUCH =
      """
      update tenancy.member_group set changed_at = $3, version = version + 1
      where organization_id = $1 and id = $2
      """;

  private static final String DELETE =
      "delete from tenancy.member_group where organization_id = $1 and id = $2";

  private static final String JOIN =
      """
      insert into tenancy.group_member (organization_id, group_id, member_id, source)
      select $1, $2, m.id, $4 from tenancy.member m
      where m.organization_id = $1 and m.id = any ($3) and m.removed_at is null
      on conflict do nothing
      returning member_id
      """;

  private static final String LEAVE =
      """
      delete from tenancy.group_member
      where organization_id = $1 and group_id = $2 and member_id = any ($3) and source = $4
      returning member_id
      """;

  private static final String SAID =
      """
      select g.id, g.name,
        lower(g.name) = any ($4) as wanted,
        exists (select from tenancy.group_member m where m.organization_id = $1 and m.group_id = g.id
          and m.member_id = $2 and m.source = $3) as present
      from tenancy.member_group g where g.organization_id = $1
      """;

  private final GrantRows grants;
  private final AuditLog audit;
  private final InstantSource clock;

  StoredGroups(GrantRows grants, AuditLog audit, InstantSource clock) {
    this.grants = grants;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Group> page(Transaction transaction, Filter filter, @Nullable UUID after, int limit) {
    return groups(transaction, matching(transaction, PAGE, filter, after, limit));
  }

  @Override
  public List<Group> slice(Transaction transaction, Filter filter, int skipped, int limit) {
    return groups(transaction, matching(transaction, SLICE, filter, skipped, limit));
  }

  @Override
  public long count(Transaction transaction, Filter filter) {
    return matching(transaction, COUNT, filter).getFirst().getLong(0);
  }

  private static List<Row> matching(
      Transaction transaction, String sql, Filter filter, @Nullable Object... rest) {
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(transaction.organizationId());
    parameters.add(filter.id());
    parameters.add(filter.name());
    parameters.add(filter.externalId());
    parameters.add(filter.memberId());
    parameters.add(filter.source());
    parameters.addAll(Arrays.asList(rest));
    return transaction.rows(sql, parameters.toArray());
  }

  @Override
  public Map<UUID, List<GroupMember>> members(
      Transaction transaction, Collection<UUID> ids, String source) {
    return membersOf(transaction, ids, source);
  }

  private static Map<UUID, List<GroupMember>> membersOf(
      Transaction transaction, Collection<UUID> ids, @Nullable String source) {
    Map<UUID, List<GroupMember>> members = new HashMap<>();
    for (Row row :
        transaction.rows(MEMBERS, transaction.organizationId(), ids.toArray(UUID[]::new), source)) {
      members
          .computeIfAbsent(row.getUUID("group_id"), first -> new ArrayList<>())
          .add(new GroupMember(row.getUUID("id"), row.getString("display_name")));
    }
    return members;
  }

  @Override
  public Map<UUID, List<Named>> ofMembers(
      Transaction transaction, Collection<UUID> memberIds, String source) {
    Map<UUID, List<Named>> groups = new HashMap<>();
    for (Row row :
        transaction.rows(
            OF_MEMBERS, transaction.organizationId(), memberIds.toArray(UUID[]::new), source)) {
      groups
          .computeIfAbsent(row.getUUID("member_id"), first -> new ArrayList<>())
          .add(new Named(row.getUUID("id"), row.getString("name")));
    }
    return groups;
  }

  @Override
  public Group get(Transaction transaction, UUID id) {
    return groups(transaction, transaction.rows(ONE, transaction.organizationId(), id)).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "there is no such group in your organization"));
  }

  private List<Group> groups(Transaction transaction, List<Row> rows) {
    List<UUID> ids = rows.stream().map(row -> row.getUUID("id")).toList();
    Map<UUID, List<Grant>> given = grants.ofGroups(transaction, ids);
    Map<UUID, List<GroupMember>> members = membersOf(transaction, ids, null);
    return rows.stream().map(row -> group(row, members, given)).toList();
  }

  private static Group group(
      Row row, Map<UUID, List<GroupMember>> members, Map<UUID, List<Grant>> given) {
    UUID id = row.getUUID("id");
    return new Group(
        id,
        row.getString("name"),
        row.getString("external_id"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant(),
        row.getLong("version"),
        members.getOrDefault(id, List.of()),
        given.getOrDefault(id, List.of()));
  }

  @Override
  public Group add(Transaction transaction, Actor by, String name, Optional<String> externalId) {
    StoredMembers.takeTurn(transaction);
    UUID id = Ids.next(clock.millis());
    requireFree(transaction, name, externalId.orElse(null), id);
    transaction.change(ADD, transaction.organizationId(), id, name, externalId.orElse(null), now());
    Group added = get(transaction, id);
    audit.record(
        transaction, new AuditEvent(by, "group.created", target(id), null, audited(added)));
    return added;
  }

  @Override
  public Group rename(
      Transaction transaction, Actor by, UUID id, String name, Optional<String> externalId) {
    StoredMembers.takeTurn(transaction);
    Group before = get(transaction, id);
    String kept = StoredMembers.changed(externalId, before.externalId());
    requireFree(transaction, name, kept, id);
    transaction.change(RENAME, transaction.organizationId(), id, name, kept, now());
    Group after = get(transaction, id);
    if (!audited(before).equals(audited(after))) {
      audit.record(
          transaction,
          new AuditEvent(by, "group.changed", target(id), audited(before), audited(after)));
    }
    return after;
  }

  private static void requireFree(
      Transaction transaction, String name, @Nullable String externalId, UUID own) {
    transaction
        .row(TAKEN, transaction.organizationId(), name, externalId, own)
        .ifPresent(
            row -> {
              String field = row.getBoolean("by_name") ? "name" : "external_id";
              throw new ProblemException(
                  TenancyProblem.GROUP_TAKEN, "another group has this " + field, "/" + field);
            });
  }

  @Override
  public void delete(Transaction transaction, Actor by, UUID id) {
    StoredMembers.takeTurn(transaction);
    Group before = get(transaction, id);
    requireOwnerForOwners(by, before);
    transaction.change(DELETE, transaction.organizationId(), id);
    audit.record(
        transaction, new AuditEvent(by, "group.deleted", target(id), audited(before), null));
  }

  @Override
  public Group membership(
      Transaction transaction,
      Actor by,
      UUID id,
      String source,
      Collection<UUID> added,
      Collection<UUID> removed) {
    StoredMembers.takeTurn(transaction);
    Group before = get(transaction, id);
    requireOwnerForOwners(by, before);
    List<UUID> came = moved(transaction, JOIN, id, added, source);
    List<UUID> left = moved(transaction, LEAVE, id, removed, source);
    if (!came.isEmpty() || !left.isEmpty()) {
      transaction.change(TOUCH, transaction.organizationId(), id, now());
      audit.record(transaction, moves(by, id, source, came, left));
    }
    return get(transaction, id);
  }

  private static List<UUID> moved(
      Transaction transaction, String sql, UUID id, Collection<UUID> members, String source) {
    return transaction
        .rows(sql, transaction.organizationId(), id, members.toArray(UUID[]::new), source)
        .stream()
        .map(row -> row.getUUID(0))
        .toList();
  }

  /** Being in a group that makes owners is being made an owner. */
  private static void requireOwnerForOwners(Actor by, Group group) {
    boolean makesOwners = group.grants().stream().anyMatch(grant -> grant.role() == Role.OWNER);
    if (makesOwners && by.kind() != Actor.Kind.DIRECTORY && by.kind() != Actor.Kind.SYSTEM) {
      GrantRows.requireOwner(by);
    }
  }

  @Override
  public void said(
      Transaction transaction, Actor by, UUID memberId, String source, Set<String> names) {
    StoredMembers.takeTurn(transaction);
    String[] wanted =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new);
    UUID[] one = {memberId};
    for (Row row : transaction.rows(SAID, transaction.organizationId(), memberId, source, wanted)) {
      if (row.getBoolean("wanted").equals(row.getBoolean("present"))) {
        continue;
      }
      UUID group = row.getUUID("id");
      boolean joins = row.getBoolean("wanted");
      transaction.rows(joins ? JOIN : LEAVE, transaction.organizationId(), group, one, source);
      List<UUID> moved = List.of(memberId);
      audit.record(
          transaction,
          moves(by, group, source, joins ? moved : List.of(), joins ? List.of() : moved));
    }
  }

  @Override
  public Group grant(
      Transaction transaction, Actor by, UUID groupId, Role role, Optional<String> project) {
    StoredMembers.takeTurn(transaction);
    get(transaction, groupId);
    grants.give(transaction, by, new Holder.OneGroup(groupId), role, project);
    return get(transaction, groupId);
  }

  @Override
  public Group revoke(Transaction transaction, Actor by, UUID groupId, UUID grantId) {
    StoredMembers.takeTurn(transaction);
    get(transaction, groupId);
    grants.take(transaction, by, new Holder.OneGroup(groupId), grantId);
    return get(transaction, groupId);
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static String target(UUID id) {
    return "group:" + id;
  }

  private static AuditEvent moves(
      Actor by, UUID group, String source, List<UUID> came, List<UUID> left) {
    Map<String, @Nullable Object> after = new LinkedHashMap<>();
    after.put("source", source);
    after.put("added", came.stream().map(UUID::toString).toList());
    after.put("removed", left.stream().map(UUID::toString).toList());
    return new AuditEvent(by, "group.members_changed", target(group), null, after);
  }

  private static Map<String, @Nullable Object> audited(Group group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", group.name());
    json.put("external_id", group.externalId());
    return json;
  }
}
