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
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import dev.saferun.tenancy.Role;
import dev.saferun.tenancy.TenancyProblem;
import dev.saferun.tenancy.store.GrantRows.Holder;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members in the database. Those who change the people of one organization take turns. */
@Singleton
class StoredMembers implements Members {

  private static final String COLUMNS =
      """
      select id, user_name, display_name, email, external_id, created_at, changed_at, deactivated_at,
        version
      from tenancy.member
      """;

  private static final String FILTER =
      """
      where organization_id = $1 and removed_at is null
        and ($2::uuid is null or id = $2)
        and ($3::text is null or lower(user_name) = lower($3))
        and ($4::text is null or lower(display_name) = lower($4))
        and ($5::text is null or external_id = $5)
        and ($6::text is null or lower(email) = lower($6))
        and ($7::boolean is null or (deactivated_at is null) = $7)
      """;

  private static final String PAGE =
      COLUMNS + FILTER + " and ($8::uuid is null or id > $8) order by id limit $9";

  private static final String SLICE = COLUMNS + FILTER + " order by id offset $8 limit $9";

  private static final String COUNT = "select count(*) from tenancy.member " + FILTER;

  private static final String ONE =
      COLUMNS + " where organization_id = $1 and id = $2 and removed_at is null";

  private static final String NAMED =
      "select id, removed_at from tenancy.member where organization_id = $1 and lower(user_name) = lower($2)";

  private static final String WITH_EXTERNAL_ID =
      "select id from tenancy.member where organization_id = $1 and external_id = $2";

  private static final String ADD =
      """
      insert into tenancy.member (organization_id, id, user_name, display_name, email, external_id,
        created_at, changed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $7)
      """;

  private static final String REVIVE =
      """
      update tenancy.member set user_name = $3, display_name = $4, email = $5, external_id = $6,
        changed_at = $7, deactivated_at = null, removed_at = null, version = version + 1
      where organization_id = $1 and id = $2
      """;

  private static final String CHANGE =
      """
      update tenancy.member set user_name = $3, display_name = $4, email = $5, external_id = $6,
        deactivated_at = $7, changed_at = $8, version = version + 1
      where organization_id = $1 and id = $2
      """;

  private static final String REMOVE =
      """
      update tenancy.member set deactivated_at = coalesce(deactivated_at, $3), removed_at = $3,
        external_id = null, changed_at = $3, version = version + 1
      where organization_id = $1 and id = $2
      """;

  private static final String REMOVE_GRANTS =
      "delete from tenancy.role_grant where organization_id = $1 and member_id = $2";

  private static final String TOUCH_GROUPS =
      """
      update tenancy.member_group set changed_at = $3, version = version + 1
      where organization_id = $1 and id in (
        select group_id from tenancy.group_member where organization_id = $1 and member_id = $2)
      """;

  private static final String REMOVE_FROM_GROUPS =
      "delete from tenancy.group_member where organization_id = $1 and member_id = $2";

  static final String TURN =
      "select pg_advisory_xact_lock(hashtextextended('members:' || $1, 0))::text";

  private final GrantRows grants;
  private final AuditLog audit;
  private final InstantSource clock;

  StoredMembers(GrantRows grants, AuditLog audit, InstantSource clock) {
    this.grants = grants;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Member> page(
      Transaction transaction, Filter filter, @Nullable UUID after, int limit) {
    return members(transaction, matching(transaction, PAGE, filter, after, limit));
  }

  @Override
  public List<Member> slice(Transaction transaction, Filter filter, int skipped, int limit) {
    return members(transaction, matching(transaction, SLICE, filter, skipped, limit));
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
    parameters.add(filter.userName());
    parameters.add(filter.displayName());
    parameters.add(filter.externalId());
    parameters.add(filter.email());
    parameters.add(filter.active());
    parameters.addAll(Arrays.asList(rest));
    return transaction.rows(sql, parameters.toArray());
  }

  @Override
  public Optional<Member> find(Transaction transaction, UUID id) {
    return members(transaction, transaction.rows(ONE, transaction.organizationId(), id)).stream()
        .findFirst();
  }

  @Override
  public Member get(Transaction transaction, UUID id) {
    return find(transaction, id)
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "there is no such member in your organization"));
  }

  private List<Member> members(Transaction transaction, List<Row> rows) {
    Map<UUID, List<Grant>> all =
        grants.ofMembers(transaction, rows.stream().map(row -> row.getUUID("id")).toList());
    return rows.stream().map(row -> member(row, all)).toList();
  }

  private static Member member(Row row, Map<UUID, List<Grant>> grants) {
    OffsetDateTime deactivated = row.getOffsetDateTime("deactivated_at");
    UUID id = row.getUUID("id");
    return new Member(
        id,
        row.getString("user_name"),
        row.getString("display_name"),
        row.getString("email"),
        row.getString("external_id"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant(),
        deactivated == null ? null : deactivated.toInstant(),
        row.getLong("version"),
        grants.getOrDefault(id, List.of()));
  }

  @Override
  public void awaitTurn(Transaction transaction) {
    takeTurn(transaction);
  }

  @Override
  public Member add(Transaction transaction, Actor by, NewMember wanted) {
    takeTurn(transaction);
    Optional<Row> known = transaction.row(NAMED, transaction.organizationId(), wanted.userName());
    if (known.isPresent() && known.get().getOffsetDateTime("removed_at") == null) {
      throw taken("user_name");
    }
    requireFreeExternalId(transaction, wanted.externalId(), null);
    UUID id = known.map(row -> row.getUUID("id")).orElseGet(() -> Ids.next(clock.millis()));
    transaction.change(
        known.isPresent() ? REVIVE : ADD,
        transaction.organizationId(),
        id,
        wanted.userName(),
        wanted.displayName(),
        wanted.email(),
        wanted.externalId(),
        now());
    Member added = get(transaction, id);
    audit.record(
        transaction, new AuditEvent(by, "member.created", target(id), null, audited(added)));
    return added;
  }

  @Override
  public Member change(Transaction transaction, Actor by, UUID id, Change change) {
    takeTurn(transaction);
    Member before = get(transaction, id);
    String userName = change.userName().orElse(before.userName());
    String externalId = changed(change.externalId(), before.externalId());
    requireFree(transaction, userName, id);
    requireFreeExternalId(transaction, externalId, id);
    Instant deactivatedAt = deactivatedAt(before, change.active().orElse(before.isActive()));
    if (before.isActive() != (deactivatedAt == null)) {
      requireOwnerForOwner(by, before);
    }
    transaction.change(
        CHANGE,
        transaction.organizationId(),
        id,
        userName,
        change.displayName().orElse(before.displayName()),
        changed(change.email(), before.email()),
        externalId,
        deactivatedAt == null ? null : deactivatedAt.atOffset(ZoneOffset.UTC),
        now());
    Member after = get(transaction, id);
    if (!audited(before).equals(audited(after))) {
      audit.record(
          transaction,
          new AuditEvent(by, code(before, after), target(id), audited(before), audited(after)));
      if (before.isActive() && !after.isActive() && isOwner(before) && !isDirectory(by)) {
        grants.requireAnOwner(transaction);
      }
    }
    return after;
  }

  private @Nullable Instant deactivatedAt(Member before, boolean active) {
    if (active) {
      return null;
    }
    return before.deactivatedAt() == null ? instant() : before.deactivatedAt();
  }

  private static String code(Member before, Member after) {
    if (before.isActive() == after.isActive()) {
      return "member.changed";
    }
    return after.isActive() ? "member.reactivated" : "member.deactivated";
  }

  static @Nullable String changed(Optional<String> change, @Nullable String before) {
    return change.isEmpty() ? before : change.filter(text -> !text.isEmpty()).orElse(null);
  }

  @Override
  public void remove(Transaction transaction, Actor by, UUID id) {
    takeTurn(transaction);
    Member before = get(transaction, id);
    requireOwnerForOwner(by, before);
    transaction.change(REMOVE, transaction.organizationId(), id, now());
    transaction.change(REMOVE_GRANTS, transaction.organizationId(), id);
    transaction.change(TOUCH_GROUPS, transaction.organizationId(), id, now());
    transaction.change(REMOVE_FROM_GROUPS, transaction.organizationId(), id);
    audit.record(
        transaction, new AuditEvent(by, "member.removed", target(id), audited(before), null));
    if (isOwner(before) && !isDirectory(by)) {
      grants.requireAnOwner(transaction);
    }
  }

  /** The directory is believed: a leaver leaves. */
  private static void requireOwnerForOwner(Actor by, Member member) {
    if (isOwner(member) && !isDirectory(by)) {
      GrantRows.requireOwner(by);
    }
  }

  private static boolean isDirectory(Actor by) {
    return by.kind() == Actor.Kind.DIRECTORY || by.kind() == Actor.Kind.SYSTEM;
  }

  private static boolean isOwner(Member member) {
    return member.grants().stream().anyMatch(grant -> grant.role() == Role.OWNER);
  }

  @Override
  public Access access(Transaction transaction, UUID id) {
    return find(transaction, id)
        .filter(Member::isActive)
        .map(member -> GrantRows.access(member.grants()))
        .orElse(Access.NONE);
  }

  @Override
  public Member grant(
      Transaction transaction, Actor by, UUID memberId, Role role, Optional<String> project) {
    takeTurn(transaction);
    get(transaction, memberId);
    grants.give(transaction, by, new Holder.OneMember(memberId), role, project);
    return get(transaction, memberId);
  }

  @Override
  public Member revoke(Transaction transaction, Actor by, UUID memberId, UUID grantId) {
    takeTurn(transaction);
    get(transaction, memberId);
    grants.take(transaction, by, new Holder.OneMember(memberId), grantId);
    return get(transaction, memberId);
  }

  private void requireFree(Transaction transaction, String userName, UUID own) {
    transaction
        .row(NAMED, transaction.organizationId(), userName)
        .filter(row -> !row.getUUID("id").equals(own))
        .ifPresent(
            row -> {
              throw taken("user_name");
            });
  }

  private static void requireFreeExternalId(
      Transaction transaction, @Nullable String externalId, @Nullable UUID own) {
    if (externalId == null) {
      return;
    }
    transaction
        .row(WITH_EXTERNAL_ID, transaction.organizationId(), externalId)
        .filter(row -> !row.getUUID("id").equals(own))
        .ifPresent(
            row -> {
              throw taken("external_id");
            });
  }

  private static ProblemException taken(String field) {
    return new ProblemException(
        TenancyProblem.MEMBER_TAKEN, "another member has this " + field, "/" + field);
  }

  static void takeTurn(Transaction transaction) {
    transaction.rows(TURN, transaction.organizationId().toString());
  }

  private Instant instant() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private OffsetDateTime now() {
    return instant().atOffset(ZoneOffset.UTC);
  }

  private static String target(UUID id) {
    return "member:" + id;
  }

  private static Map<String, @Nullable Object> audited(Member member) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("user_name", member.userName());
    json.put("display_name", member.displayName());
    json.put("email", member.email());
    json.put("external_id", member.externalId());
    json.put("active", member.isActive());
    return json;
  }
}
