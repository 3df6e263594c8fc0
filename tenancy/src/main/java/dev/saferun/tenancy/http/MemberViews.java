package dev.saferun.tenancy.http;

import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Grant;
import dev.saferun.tenancy.Group;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Role;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members, groups and grants as they stand in bodies and answers. */
final class MemberViews {

  static final int NAME_CHARACTERS_MAX = 320;
  static final int PAGE_USUAL = 100;
  static final int PAGE_MAX = 500;

  private MemberViews() {}

  /** A text that must be there. */
  static String required(BodyFields fields, String name) {
    return fields
        .text(name, NAME_CHARACTERS_MAX)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> fields.absent(name));
  }

  static Role role(BodyFields fields) {
    return fields
        .choice("role", Role.values(), Role::wire)
        .orElseThrow(() -> fields.absent("role"));
  }

  static Optional<String> project(BodyFields fields) {
    return fields.text("project", NAME_CHARACTERS_MAX);
  }

  static int limit(@Nullable Integer limit) {
    int asked = limit == null ? PAGE_USUAL : limit;
    if (asked < 1 || asked > PAGE_MAX) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER, "limit must be a whole number from 1 to " + PAGE_MAX);
    }
    return asked;
  }

  static @Nullable UUID cursor(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER, "cursor must be the next_cursor of a page before");
    }
  }

  record GrantBody(String role, @Nullable String project) {}

  record GrantView(
      String id,
      String role,
      @Nullable String project,
      @Nullable String group,
      String grantedAt,
      String grantedBy) {

    static GrantView of(Grant grant) {
      return new GrantView(
          grant.id().toString(),
          grant.role().wire(),
          grant.project(),
          grant.group(),
          grant.grantedAt().toString(),
          grant.grantedBy());
    }
  }

  record MemberView(
      String id,
      String userName,
      String displayName,
      @Nullable String email,
      @Nullable String externalId,
      boolean active,
      String createdAt,
      @Nullable String deactivatedAt,
      List<GrantView> grants) {

    static MemberView of(Member member) {
      return new MemberView(
          member.id().toString(),
          member.userName(),
          member.displayName(),
          member.email(),
          member.externalId(),
          member.isActive(),
          member.createdAt().toString(),
          member.deactivatedAt() == null ? null : member.deactivatedAt().toString(),
          member.grants().stream().map(GrantView::of).toList());
    }
  }

  record MemberPage(List<MemberView> members, @Nullable String nextCursor) {

    /** What was read: one more than the page has, where there is another page. */
    static MemberPage of(List<Member> read, int limit) {
      List<Member> page = read.subList(0, Math.min(limit, read.size()));
      return new MemberPage(
          page.stream().map(MemberView::of).toList(),
          read.size() > limit ? page.getLast().id().toString() : null);
    }
  }

  record PersonView(String id, String displayName) {}

  record GroupView(
      String id,
      String name,
      @Nullable String externalId,
      String createdAt,
      List<PersonView> members,
      List<GrantView> grants) {

    static GroupView of(Group group) {
      return new GroupView(
          group.id().toString(),
          group.name(),
          group.externalId(),
          group.createdAt().toString(),
          group.members().stream()
              .map(one -> new PersonView(one.id().toString(), one.displayName()))
              .toList(),
          group.grants().stream().map(GrantView::of).toList());
    }
  }

  record GroupPage(List<GroupView> groups, @Nullable String nextCursor) {

    static GroupPage of(List<Group> read, int limit) {
      List<Group> page = read.subList(0, Math.min(limit, read.size()));
      return new GroupPage(
          page.stream().map(GroupView::of).toList(),
          read.size() > limit ? page.getLast().id().toString() : null);
    }
  }
}
