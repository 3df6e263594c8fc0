package dev.saferun.tenancy.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Grant;
import dev.saferun.tenancy.Permission;
import dev.saferun.tenancy.Role;
import dev.saferun.tenancy.TenancyProblem;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who was given which role. The one place that gives and takes them. */
@Singleton
class GrantRows {

  private static final String COLUMNS =
      """
      select g.id, g.role, g.project_id, p.name as project, s.name as group_name, g.granted_at,
        g.granted_by,
      """;

  private static final String PROJECT =
      " left join tenancy.project p on p.organization_id = g.organization_id and p.id = g.project_id";

  private static final String OF_MEMBERS =
      COLUMNS
          + """
          coalesce(g.member_id, m.member_id) as holder_id
          from tenancy.role_grant g
          left join (select distinct organization_id, group_id, member_id from tenancy.group_member) m
            on m.organization_id = g.organization_id and m.group_id = g.group_id
          left join tenancy.member_group s on s.organization_id = g.organization_id and s.id = g.group_id
          """
          + PROJECT
          + """
           where g.organization_id = $1 and coalesce(g.member_id, m.member_id) = any ($2)
          order by g.id
          """;

  private static final String OF_GROUPS =
      COLUMNS
          + """
          g.group_id as holder_id
          from tenancy.role_grant g
          join tenancy.member_group s on s.organization_id = g.organization_id and s.id = g.group_id
          """
          + PROJECT
          + " where g.organization_id = $1 and g.group_id = any ($2) order by g.id";

  private static final String GIVE =
      """
      insert into tenancy.role_grant (organization_id, id, member_id, group_id, project_id, role,
        granted_at, granted_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (organization_id, member_id, group_id, project_id, role) do nothing
      """;

  private static final String TAKE =
      """
      delete from tenancy.role_grant
      where organization_id = $1 and id = $2 and (member_id = $3 or group_id = $3)
      returning role, project_id
      """;

  private static final String OWNERS =
      """
      select m.id from tenancy.member m
      where m.organization_id = $1 and m.deactivated_at is null and exists (
        select from tenancy.role_grant g
        where g.organization_id = $1 and g.role = 'owner' and (g.member_id = m.id or exists (
          select from tenancy.group_member i
          where i.organization_id = $1 and i.group_id = g.group_id and i.member_id = m.id)))
      """;

  private static final String PROJECT_ID =
      "select id from tenancy.project where organization_id = $1 and name = $2";

  private final AuditLog audit;
  private final InstantSource clock;

  GrantRows(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Whom a role is given to. */
  sealed interface Holder {

    UUID id();

    record OneMember(UUID id) implements Holder {}

    record OneGroup(UUID id) implements Holder {}
  }

  /** The grants of members, those through groups included. */
  Map<UUID, List<Grant>> ofMembers(Transaction transaction, Collection<UUID> ids) {
    return byHolder(transaction, OF_MEMBERS, ids);
  }

  Map<UUID, List<Grant>> ofGroups(Transaction transaction, Collection<UUID> ids) {
    return byHolder(transaction, OF_GROUPS, ids);
  }

  private static Map<UUID, List<Grant>> byHolder(
      Transaction transaction, String sql, Collection<UUID> ids) {
    Map<UUID, List<Grant>> grants = new HashMap<>();
    for (Row row : transaction.rows(sql, transaction.organizationId(), ids.toArray(UUID[]::new))) {
      grants.computeIfAbsent(row.getUUID("holder_id"), first -> new ArrayList<>()).add(grant(row));
    }
    return grants;
  }

  private static Grant grant(Row row) {
    return new Grant(
        row.getUUID("id"),
        role(row),
        row.getUUID("project_id"),
        row.getString("project"),
        row.getString("group_name"),
        row.getOffsetDateTime("granted_at").toInstant(),
        row.getString("granted_by"));
  }

  private static Role role(Row row) {
    return Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
  }

  /** What these grants allow together. */
  static Access access(List<Grant> grants) {
    Set<String> everywhere = new HashSet<>();
    Map<UUID, Set<String>> inProjects = new HashMap<>();
    for (Grant grant : grants) {
      Set<String> permissions = grant.role().permissionNames();
      if (grant.projectId() == null) {
        everywhere.addAll(permissions);
      } else {
        inProjects.computeIfAbsent(grant.projectId(), first -> new HashSet<>()).addAll(permissions);
      }
    }
    return new Access(everywhere, inProjects);
  }

  /** Whoever may write members makes the first owner; after that only owners make owners. */
  void give(Transaction transaction, Actor by, Holder holder, Role role, Optional<String> project) {
    UUID projectId = project.map(name -> projectId(transaction, name)).orElse(null);
    if (role == Role.OWNER) {
      if (projectId != null) {
        throw new ProblemException(
            CommonProblem.INVALID_FIELD, "an owner is one of the whole organization", "/project");
      }
      if (!owners(transaction).isEmpty()) {
        requireOwner(by);
      }
    }
    UUID id = Ids.next(clock.millis());
    int given =
        transaction.change(
            GIVE,
            transaction.organizationId(),
            id,
            holder instanceof Holder.OneMember member ? member.id() : null,
            holder instanceof Holder.OneGroup group ? group.id() : null,
            projectId,
            role.wire(),
            clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
            by.name());
    if (given > 0) {
      audit.record(
          transaction,
          new AuditEvent(
              by, "role.granted", target(holder), null, about(role, project.orElse(null))));
    }
  }

  private static UUID projectId(Transaction transaction, String name) {
    return transaction
        .row(PROJECT_ID, transaction.organizationId(), name)
        .map(row -> row.getUUID(0))
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "there is no such project in your organization"));
  }

  void take(Transaction transaction, Actor by, Holder holder, UUID grantId) {
    Row gone =
        transaction
            .row(TAKE, transaction.organizationId(), grantId, holder.id())
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND,
                        "there is no such grant; one of a group is taken from the group"));
    Role role = role(gone);
    if (role == Role.OWNER) {
      requireOwner(by);
      requireAnOwner(transaction);
    }
    UUID projectId = gone.getUUID("project_id");
    audit.record(
        transaction,
        new AuditEvent(
            by,
            "role.revoked",
            target(holder),
            about(role, projectId == null ? null : projectId.toString()),
            null));
  }

  /** Where there was an owner, one is left. */
  void requireAnOwner(Transaction transaction) {
    if (owners(transaction).isEmpty()) {
      throw new ProblemException(TenancyProblem.LAST_OWNER, "make somebody else an owner first");
    }
  }

  Set<UUID> owners(Transaction transaction) {
    Set<UUID> owners = new HashSet<>();
    transaction
        .rows(OWNERS, transaction.organizationId())
        .forEach(row -> owners.add(row.getUUID(0)));
    return owners;
  }

  static void requireOwner(Actor by) {
    if (!by.access().permits(Permission.OWNERS_WRITE.wire())) {
      throw new ProblemException(
          CommonProblem.PERMISSION_REQUIRED,
          "this needs the permission owners.write, which the role owner has");
    }
  }

  private static String target(Holder holder) {
    return switch (holder) {
      case Holder.OneMember member -> "member:" + member.id();
      case Holder.OneGroup group -> "group:" + group.id();
    };
  }

  private static Map<String, @Nullable Object> about(Role role, @Nullable String project) {
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    about.put("role", role.wire());
    about.put("project", project);
    return about;
  }
}
