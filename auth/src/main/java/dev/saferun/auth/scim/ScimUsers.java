package dev.saferun.auth.scim;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Groups;
import dev.saferun.tenancy.Groups.Named;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import dev.saferun.tenancy.Members.Change;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The users of SCIM. Everything happens in the caller's transaction; who is removed is not there
 * any more, and comes back under the old id when a user of that name is made.
 */
@Singleton
public class ScimUsers {

  private static final List<String> LOOKED_UP =
      List.of(
          "id",
          "username",
          "externalid",
          "displayname",
          "active",
          "emails",
          "emails.value",
          "emails.type",
          "emails.primary");

  private final Members members;
  private final Groups groups;
  private final ScimAddresses addresses;

  ScimUsers(Members members, Groups groups, ScimAddresses addresses) {
    this.members = members;
    this.groups = groups;
    this.addresses = addresses;
  }

  /** A page of those who are asked for, the oldest first, as the bytes of a list. */
  public byte[] list(Transaction transaction, ScimQuery query, ScimSelection selection) {
    Optional<Members.Filter> filter = filter(query);
    if (filter.isEmpty()) {
      return ScimResource.page(List.of(), 0, query, selection);
    }
    long total = members.count(transaction, filter.get());
    List<Member> page =
        query.count() == 0
            ? List.of()
            : members.slice(transaction, filter.get(), query.skipped(), query.count());
    return ScimResource.page(resources(transaction, page), total, query, selection);
  }

  /** Empty where nobody can be meant. */
  private static Optional<Members.Filter> filter(ScimQuery query) {
    Lookup lookup = Lookup.of(query.filter(), LOOKED_UP);
    String id = lookup.text("id");
    UUID known = id == null ? null : Values.id(id).orElse(null);
    if ((id != null && known == null) || isOtherEmail(lookup)) {
      return Optional.empty();
    }
    return Optional.of(
        new Members.Filter(
            known,
            lookup.text("username"),
            lookup.text("displayname"),
            lookup.text("externalid"),
            email(lookup),
            lookup.truth("active")));
  }

  private static @Nullable String email(Lookup lookup) {
    String email = lookup.text("emails.value");
    String whole = email == null ? lookup.text("emails") : email;
    boolean isQualified =
        lookup.value("emails.type").isPresent() || lookup.value("emails.primary").isPresent();
    if (whole == null && isQualified) {
      throw ScimProblem.INVALID_FILTER.with("an e-mail address is looked up by its value");
    }
    return whole;
  }

  /** The one address that is kept is told of as primary and as that of work. */
  private static boolean isOtherEmail(Lookup lookup) {
    String type = lookup.text("emails.type");
    return (type != null && !type.equalsIgnoreCase(Emails.WORK))
        || Boolean.FALSE.equals(lookup.truth("emails.primary"));
  }

  public ScimResource get(Transaction transaction, String id) {
    return resource(transaction, member(transaction, id));
  }

  private Member member(Transaction transaction, String id) {
    return Values.id(id)
        .flatMap(known -> members.find(transaction, known))
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "there is no such user in your organization"));
  }

  public ScimResource create(Transaction transaction, Actor by, ScimBody body) {
    UserDraft draft = UserDraft.ofNothing(body.steps());
    Member added = members.add(transaction, by, draft.added());
    return resource(
        transaction,
        draft.isDeactivated()
            ? members.change(transaction, by, added.id(), Change.active(false))
            : added);
  }

  /** What the body does not say is taken away, but whether somebody is active. */
  public ScimResource replace(
      Transaction transaction, Actor by, String id, @Nullable String ifMatch, ScimBody body) {
    Member before = inTurn(transaction, id, ifMatch);
    return changed(transaction, by, before, UserDraft.ofNothing(body.steps()).change());
  }

  public ScimResource patch(
      Transaction transaction, Actor by, String id, @Nullable String ifMatch, ScimBody body) {
    Member before = inTurn(transaction, id, ifMatch);
    return changed(transaction, by, before, UserDraft.of(before, body.steps()).change());
  }

  private ScimResource changed(Transaction transaction, Actor by, Member before, Change change) {
    return resource(
        transaction,
        isWhatIsThere(before, change)
            ? before
            : members.change(transaction, by, before.id(), change));
  }

  private static boolean isWhatIsThere(Member before, Change change) {
    return change.equals(
        new Change(
            Optional.of(before.userName()),
            Optional.of(before.displayName()),
            Optional.of(before.email() == null ? "" : before.email()),
            Optional.of(before.externalId() == null ? "" : before.externalId()),
            change.active().map(active -> before.isActive())));
  }

  public void remove(Transaction transaction, Actor by, String id, @Nullable String ifMatch) {
    members.remove(transaction, by, inTurn(transaction, id, ifMatch).id());
  }

  /** The member, of which nobody else makes another version before this transaction ends. */
  private Member inTurn(Transaction transaction, String id, @Nullable String ifMatch) {
    members.awaitTurn(transaction);
    Member member = member(transaction, id);
    ScimVersion.require(ifMatch, resource(transaction, member).version());
    return member;
  }

  private ScimResource resource(Transaction transaction, Member member) {
    return resources(transaction, List.of(member)).getFirst();
  }

  private List<ScimResource> resources(Transaction transaction, List<Member> page) {
    Map<UUID, List<Named>> in =
        groups.ofMembers(transaction, page.stream().map(Member::id).toList(), Groups.DIRECTORY);
    return page.stream()
        .map(member -> resource(member, in.getOrDefault(member.id(), List.of())))
        .toList();
  }

  private ScimResource resource(Member member, List<Named> in) {
    List<Map<String, Object>> groupsOfIt = in.stream().map(this::group).toList();
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("schemas", List.of(ScimSchemas.USER));
    user.put("id", member.id().toString());
    user.put("userName", member.userName());
    user.put("displayName", member.displayName());
    user.put("name", Map.of("formatted", member.displayName()));
    user.put("active", member.isActive());
    user.put("groups", groupsOfIt);
    if (member.externalId() != null) {
      user.put("externalId", member.externalId());
    }
    if (member.email() != null) {
      user.put(
          "emails", List.of(Map.of("value", member.email(), "type", Emails.WORK, "primary", true)));
    }
    return ScimResource.of(
        user,
        "User",
        member.createdAt(),
        member.changedAt(),
        ScimVersion.of(version(member, groupsOfIt)),
        addresses.user(member.id()));
  }

  private Map<String, Object> group(Named group) {
    return Map.of(
        "value",
        group.id().toString(),
        "$ref",
        addresses.group(group.id()),
        "display",
        group.name(),
        "type",
        "direct");
  }

  /** A member that comes into a group stays at its version; what is told of the user does not. */
  private static String version(Member member, List<Map<String, Object>> in) {
    if (in.isEmpty()) {
      return String.valueOf(member.version());
    }
    CRC32C sum = new CRC32C();
    sum.update(CanonicalJson.write(in));
    return member.version() + "-" + Long.toHexString(sum.getValue());
  }
}
