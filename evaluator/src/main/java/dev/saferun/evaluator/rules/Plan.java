package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An activation before it is written: what it would change, read while the environment stood at
 * {@code head}.
 *
 * @param head the number of the environment's last activation; 0 before the first
 * @param cleared the versions among them that were let into {@code block} here before
 * @param versions what the changed rules say, by id; empty where they are only to be restored
 * @param pins the calls that are pinned to the changed rules; empty where they are only to be
 *     restored
 */
record Plan(
    EnvironmentSettings environment,
    int head,
    List<Change> changes,
    Set<UUID> cleared,
    Map<UUID, RuleVersion> versions,
    List<Pin> pins) {

  Plan {
    changes = List.copyOf(changes);
    cleared = Set.copyOf(cleared);
    versions = Map.copyOf(versions);
    pins = List.copyOf(pins);
  }

  /** Back to what was known before. */
  static Plan restoring(
      EnvironmentSettings environment, int head, List<Change> changes, Set<UUID> cleared) {
    return new Plan(environment, head, changes, cleared, Map.of(), List.of());
  }

  /** One rule's line before and after. */
  record Change(RuleInForce to, @Nullable RuleInForce from) {

    private boolean isNew() {
      return !to.equals(from);
    }
  }

  /** The versions that would newly speak, or speak louder: in {@code warn} or {@code block}. */
  List<RuleVersion> newlySpeaking() {
    return versions(change -> change.to.state().compareTo(RuleState.WARN) >= 0);
  }

  /** The versions that would newly hold calls up, in an environment that does so. */
  List<RuleVersion> newlyBlocking() {
    return environment.mode() == Mode.BLOCK
        ? versions(change -> change.to.state() == RuleState.BLOCK)
        : List.of();
  }

  private List<RuleVersion> versions(Predicate<Change> which) {
    return changes.stream()
        .filter(Change::isNew)
        .filter(which)
        .map(change -> versions.get(change.to.versionId()))
        .filter(Objects::nonNull)
        .toList();
  }

  List<RuleInForce> lines() {
    return changes.stream().map(Change::to).toList();
  }

  /** What the changed rules were before; empty for those that were not there. */
  List<RuleInForce> linesBefore() {
    return changes.stream()
        .map(Change::from)
        .flatMap(from -> Optional.ofNullable(from).stream())
        .toList();
  }

  /** The rules that would newly stop calls, and that nobody has let do so before. */
  List<RuleInForce> newlyStopping() {
    if (environment.mode() != Mode.BLOCK) {
      return List.of();
    }
    return changes.stream()
        .filter(Change::isNew)
        .map(Change::to)
        .filter(line -> line.state() == RuleState.BLOCK)
        .filter(line -> !cleared.contains(line.versionId()))
        .toList();
  }
}
