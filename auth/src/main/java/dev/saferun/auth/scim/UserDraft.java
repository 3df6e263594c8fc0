package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Step.Op;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members.Change;
import dev.saferun.tenancy.Members.NewMember;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user while a request is worked on. */
final class UserDraft {

  private @Nullable String userName;
  private @Nullable String externalId;
  private @Nullable Boolean active;
  private @Nullable String shownBefore;
  private @Nullable String displayName;
  private @Nullable String formatted;
  private @Nullable String givenName;
  private @Nullable String familyName;
  private final Emails emails;

  private UserDraft(Emails emails) {
    this.emails = emails;
  }

  /** A user as these steps make one of nothing. */
  static UserDraft ofNothing(List<Step> steps) {
    UserDraft draft = new UserDraft(Emails.of(null));
    steps.forEach(draft::take);
    return draft;
  }

  /** The member as these steps change it. */
  static UserDraft of(Member member, List<Step> steps) {
    UserDraft draft = new UserDraft(Emails.of(member.email()));
    draft.userName = member.userName();
    draft.externalId = member.externalId();
    draft.active = member.isActive();
    draft.shownBefore = member.displayName();
    steps.forEach(draft::take);
    return draft;
  }

  private void take(Step step) {
    switch (step.path().attribute()) {
      case "username" -> userName = userName(step);
      case "externalid" -> externalId = text(step).orElse(null);
      case "active" -> active = active(step);
      case "displayname" -> showAs(text(step).orElse(null));
      case "name" -> name(step);
      case "emails" -> emails.take(step);
      case "id", "groups", "meta" -> refuseNamed(step);
      default -> {
        // Not kept: a directory sends what its mapping names.
      }
    }
  }

  private static String userName(Step step) {
    if (step.op() == Op.REMOVE) {
      throw ScimProblem.MUTABILITY.with("userName cannot be taken away");
    }
    return text(step).orElseThrow(UserDraft::nameless);
  }

  private static ProblemException nameless() {
    return ScimProblem.INVALID_VALUE.with("a user has a userName");
  }

  private static Optional<String> text(Step step) {
    return step.clears() ? Optional.empty() : Values.text(step.path().attribute(), step.value());
  }

  /** To take it away would be to say nothing of whether somebody may come in. */
  private @Nullable Boolean active(Step step) {
    if (!step.clears()) {
      return Values.truth("active", step.value());
    }
    if (step.isNamed()) {
      throw ScimProblem.MUTABILITY.with("active is true or false and cannot be taken away");
    }
    return active;
  }

  private void showAs(@Nullable String name) {
    displayName = name;
    if (name == null) {
      shownBefore = null;
    }
  }

  private void name(Step step) {
    if (!step.path().sub().isEmpty()) {
      namePart(step.path().sub(), step.clears() ? null : step.value());
    } else if (step.value() instanceof Map<?, ?> parts && !step.clears()) {
      parts.forEach((part, value) -> namePart(String.valueOf(part), value));
    } else if (!step.clears()) {
      throw ScimProblem.INVALID_VALUE.with("name must be an object");
    }
  }

  private void namePart(String part, @Nullable Object value) {
    switch (part.toLowerCase(Locale.ROOT)) {
      case "formatted" -> formatted = Values.text("name.formatted", value).orElse(null);
      case "givenname" -> givenName = Values.text("name.givenName", value).orElse(null);
      case "familyname" -> familyName = Values.text("name.familyName", value).orElse(null);
      default -> {
        // Not kept.
      }
    }
  }

  private static void refuseNamed(Step step) {
    if (step.isNamed()) {
      throw ScimProblem.MUTABILITY.with("id, groups and meta are not the directory's to say");
    }
  }

  /** What the request says; half a name says nothing, for halves are not kept. */
  private String shown() {
    return Optional.ofNullable(displayName)
        .or(() -> Optional.ofNullable(formatted))
        .or(this::joined)
        .or(() -> Optional.ofNullable(shownBefore))
        .orElseGet(this::requireUserName);
  }

  private Optional<String> joined() {
    return givenName == null || familyName == null
        ? Optional.empty()
        : Values.text("name", givenName + " " + familyName);
  }

  private String requireUserName() {
    if (userName == null) {
      throw nameless();
    }
    return userName;
  }

  NewMember added() {
    return new NewMember(requireUserName(), shown(), emails.kept().orElse(null), externalId);
  }

  /** What it is to be, in full; whether somebody is active stays where nothing is said of it. */
  Change change() {
    return new Change(
        Optional.of(requireUserName()),
        Optional.of(shown()),
        Optional.of(emails.kept().orElse("")),
        Optional.of(externalId == null ? "" : externalId),
        Optional.ofNullable(active));
  }

  /** Whether the request says that the person is no member any more. */
  boolean isDeactivated() {
    return Boolean.FALSE.equals(active);
  }
}
