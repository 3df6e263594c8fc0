package dev.saferun.evaluator;

import java.util.Map;
import java.util.UUID;

/** Whether the policies in force on this node are those that were last written. */
public interface SnapshotHealth {

  /**
   * Environments whose newest rules could not be put in force, with the reason; the last good
   * snapshot stays in force there. Empty is healthy.
   */
  Map<UUID, String> stale();

  /** How many environments have a policy in force. */
  int inForce();
}
