package dev.saferun.evaluator.hits;

import java.time.Instant;
import java.util.Optional;

/**
 * How often a rule spoke in one environment, in its present version and state, on this node.
 *
 * @param since when counting began
 * @param decisions how many decisions were made since then
 * @param held in how many of them its condition held
 * @param failed in how many of them it failed
 * @param last when it last spoke
 */
public record Hits(Instant since, long decisions, long held, long failed, Optional<Instant> last) {

  /** Below it that none of the decisions named a rule says nothing. */
  private static final long DECISIONS_MIN = 100;

  /** Whether there were decisions enough, and it spoke in none. */
  public boolean neverFired() {
    return held + failed == 0 && decisions >= DECISIONS_MIN;
  }
}
