package dev.saferun.evaluator;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The snapshots that were ever in force, for whoever decides a recorded call again. */
public interface KeptPolicies {

  /** As it is kept, unchecked; empty where the organization has no such snapshot. */
  CompletionStage<Optional<KeptPolicy>> find(UUID organizationId, String snapshotId);
}
