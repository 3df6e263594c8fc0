package dev.saferun.replay;

import dev.saferun.platform.Scope;
import java.util.UUID;

/**
 * Told when a kept decision turns out to be different or altered; the appliance audits it. Called
 * on the thread of the self-audit.
 */
@FunctionalInterface
public interface DriftListener {

  /**
   * One decision.
   *
   * @param environment where it was made
   * @param decisionId as the index of decisions has it
   * @param result {@code different} or {@code altered}
   * @param detail the place or the part, in a few words
   */
  void drifted(Scope environment, UUID decisionId, String result, String detail);
}
