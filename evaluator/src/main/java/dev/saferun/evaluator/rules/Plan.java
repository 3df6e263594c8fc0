package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An activation before it is written: what it would change, read while the environment stood at
 * {@code head}.
 *
 * @param head the number of the environment's last activation; 0 before the first
 * @param cleared the versions among them that were let into {@code block} here before
 */
record Plan(EnvironmentSettings environment, int head, List<Change> changes, Set<UUID> cleared) {

  Plan {
    changes = List.copyOf(changes);
    cleared = Set.copyOf(cleared);
  }

  /** One rule's line before and after. */
  record Change(RuleInForce to, @Nullable RuleInForce from) {

    private boolean isNewInBlock() {
      return to.state() == RuleState.BLOCK && !to.equals(from);
    }
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
        .filter(Change::isNewInBlock)
        .map(Change::to)
        .filter(line -> !cleared.contains(line.versionId()))
        .toList();
  }
}
