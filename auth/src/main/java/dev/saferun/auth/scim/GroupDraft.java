package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Filter.Comparison;
import dev.saferun.auth.scim.Filter.Either;
import dev.saferun.auth.scim.Filter.Operator;
import dev.saferun.auth.scim.Step.Op;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Group;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A group while a request is worked on. */
final class GroupDraft {

  private @Nullable String displayName;
  private @Nullable String externalId;
  private final Set<UUID> members = new LinkedHashSet<>();

  private GroupDraft() {}

  /** A group as these steps make one of nothing. */
  static GroupDraft ofNothing(List<Step> steps) {
    GroupDraft draft = new GroupDraft();
    steps.forEach(draft::take);
    return draft;
  }

  /** The group, with those whom the directory has in it, as these steps change it. */
  static GroupDraft of(Group group, Collection<UUID> members, List<Step> steps) {
    GroupDraft draft = new GroupDraft();
    draft.displayName = group.name();
    draft.externalId = group.externalId();
    draft.members.addAll(members);
    steps.forEach(draft::take);
    return draft;
  }

  private void take(Step step) {
    switch (step.path().attribute()) {
      case "displayname" -> displayName = displayName(step);
      case "externalid" -> externalId = text(step).orElse(null);
      case "members" -> members(step);
      case "id", "meta" -> refuseNamed(step);
      default -> {
        // Not kept: a directory sends what its mapping names.
      }
    }
  }

  private static String displayName(Step step) {
    if (step.op() == Op.REMOVE) {
      throw ScimProblem.MUTABILITY.with("displayName cannot be taken away");
    }
    return text(step).orElseThrow(GroupDraft::nameless);
  }

  private static ProblemException nameless() {
    return ScimProblem.INVALID_VALUE.with("a group has a displayName");
  }

  private static Optional<String> text(Step step) {
    return step.clears() ? Optional.empty() : Values.text(step.path().attribute(), step.value());
  }

  private static void refuseNamed(Step step) {
    if (step.isNamed()) {
      throw ScimProblem.MUTABILITY.with("id and meta are not the directory's to say");
    }
  }

  private void members(Step step) {
    if (!step.path().sub().isEmpty()) {
      refuseParts(step);
    } else if (step.choice() != null) {
      chosen(step, step.choice());
    } else if (step.op() == Op.REMOVE) {
      remove(step);
    } else {
      put(step);
    }
  }

  /** The label of a member is not kept; who it is cannot be changed, only another be put there. */
  private static void refuseParts(Step step) {
    if (step.path().sub().equals("value")) {
      throw ScimProblem.MUTABILITY.with("a member is added or removed, and not made another");
    }
  }

  private void chosen(Step step, Filter choice) {
    Set<UUID> ids = new LinkedHashSet<>();
    gather(choice, ids);
    if (step.op() == Op.REMOVE) {
      members.removeAll(ids);
    } else if (ids.isEmpty() || !members.containsAll(ids)) {
      throw ScimProblem.NO_TARGET.with("the group has no such member");
    }
  }

  /** So that a patch of a large group looks at each of its members once. */
  private static void gather(Filter choice, Set<UUID> ids) {
    if (choice instanceof Either either) {
      gather(either.one(), ids);
      gather(either.other(), ids);
    } else if (choice instanceof Comparison comparison
        && comparison.operator() == Operator.EQ
        && comparison.path().whole().equals("value")) {
      Values.id(comparison.value()).ifPresent(ids::add);
    } else {
      throw ScimProblem.INVALID_FILTER.with("members are chosen by value eq, joined by or");
    }
  }

  private void remove(Step step) {
    if (step.value() == null) {
      members.clear();
      return;
    }
    for (Object value : Values.several(step.value())) {
      Values.id(named(value)).ifPresent(members::remove);
    }
  }

  private void put(Step step) {
    if (step.op() == Op.REPLACE) {
      members.clear();
    }
    for (Object value : Values.several(step.value())) {
      members.add(
          Values.id(named(value))
              .orElseThrow(
                  () -> ScimProblem.INVALID_VALUE.with("a member's value is the id of a user")));
    }
  }

  private static @Nullable Object named(Object value) {
    return value instanceof Map<?, ?> parts ? Values.part(parts, "value") : value;
  }

  String displayName() {
    if (displayName == null) {
      throw nameless();
    }
    return displayName;
  }

  Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  Set<UUID> members() {
    return members;
  }
}
