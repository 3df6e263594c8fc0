package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.IntentGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.platform.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Where the written policies are read and the snapshots made of them are kept. */
public interface PolicySource {

  /** What the change feed calls a change of what is in force: an activation, or a guard. */
  String TOPIC = "rules";

  /** All that an organization wants to be in force, by project. */
  CompletionStage<Map<UUID, Written>> read(UUID organizationId);

  /**
   * Keeps the content of snapshots for as long as decisions name them. Keeping one again does
   * nothing.
   */
  CompletionStage<Void> keep(UUID organizationId, List<Named> snapshots);

  /** What a project wants to be in force: the rules of each of its environments, and its guards. */
  record Written(
      Map<UUID, List<ActiveRule>> rules,
      LoopGuardSettings loopGuard,
      IntentGuardSettings intentGuard) {

    /** A project that has written nothing. */
    public static final Written NOTHING =
        new Written(Map.of(), LoopGuardSettings.DEFAULT, IntentGuardSettings.STANDARD);

    public Written {
      rules = Map.copyOf(rules);
    }

    /** The rules of one environment. */
    public List<ActiveRule> rulesOf(UUID environmentId) {
      return rules.getOrDefault(environmentId, List.of());
    }
  }

  /** A snapshot and the environment that it is for. */
  record Named(Scope environment, PolicySnapshot snapshot) {}
}
