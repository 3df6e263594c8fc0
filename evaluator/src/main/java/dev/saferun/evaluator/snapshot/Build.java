package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.snapshot.PolicySource.Named;
import dev.saferun.evaluator.snapshot.PolicySource.Written;
import dev.saferun.tenancy.EnvironmentSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an organization's environments: what is new, what stays as it is, and what cannot
 * be built. A rule that cannot be compiled holds up its own project only.
 */
final class Build {

  private final Map<UUID, PolicySnapshot> inForce;
  private final Set<UUID> unconfirmed;
  private final Map<UUID, List<PolicySnapshot>> byProject = new HashMap<>();
  private final List<Named> changed = new ArrayList<>();
  private final List<UUID> good = new ArrayList<>();
  private final Map<UUID, RuntimeException> unusable = new HashMap<>();

  /**
   * @param unconfirmed environments whose snapshot in force must be kept again
   */
  Build(Map<UUID, PolicySnapshot> inForce, Set<UUID> unconfirmed) {
    this.inForce = inForce;
    this.unconfirmed = unconfirmed;
  }

  void add(EnvironmentSettings environment, Written written) {
    UUID id = environment.scope().requireEnvironment();
    UUID project = environment.scope().requireProject();
    PolicyContent content =
        new PolicyContent(
            environment.mode(),
            environment.onError(),
            written.rulesOf(id),
            written.loopGuard(),
            written.intentGuard().in(environment.environment()));
    PolicySnapshot current = inForce.get(id);
    try {
      List<PolicySnapshot> siblings =
          byProject.computeIfAbsent(project, first -> new ArrayList<>());
      PolicySnapshot next = next(content, current, siblings);
      siblings.add(next);
      good.add(id);
      if (next != current || unconfirmed.contains(id)) {
        changed.add(new Named(environment.scope(), next));
      }
    } catch (RuntimeException fault) {
      unusable.put(id, fault);
    }
  }

  /**
   * The environments of a project have much the same rules, so what one compiled serves its
   * siblings.
   */
  private static PolicySnapshot next(
      PolicyContent content, @Nullable PolicySnapshot current, List<PolicySnapshot> siblings) {
    if (current != null && current.content().equals(content)) {
      return current;
    }
    List<PolicySnapshot> known = new ArrayList<>(siblings);
    if (current != null) {
      known.add(current);
    }
    return PolicySnapshot.of(content, known);
  }

  /** Snapshots that are not in force yet, or not known to be kept. */
  List<Named> changed() {
    return changed;
  }

  /** Environments whose policy could be built, changed or not. */
  List<UUID> good() {
    return good;
  }

  Map<UUID, RuntimeException> unusable() {
    return unusable;
  }
}
