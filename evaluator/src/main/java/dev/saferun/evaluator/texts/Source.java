package dev.saferun.evaluator.texts;

import dev.saferun.evaluator.Origin;

/**
 * One text that the run has seen, and where it stands.
 *
 * @param frame the number of the run's frame
 * @param pointer the text's JSON Pointer in that frame
 * @param order counts the run's texts as they came
 * @param steer how far the call that returned it followed somebody else's instruction, 0 to 1
 * @param reply whether it is what a tool answered to something that was done: the tool's own words
 */
public record Source(
    Origin origin, long frame, String pointer, int order, double steer, boolean reply) {

  /** Whether it is the same text of the run. */
  public boolean is(Source other) {
    return order == other.order;
  }
}
