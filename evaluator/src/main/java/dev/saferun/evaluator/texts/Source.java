package dev.saferun.evaluator.texts;

import dev.saferun.evaluator.Origin;

/**
 * One text that the run has seen, and where it stands.
 *
 * @param frame the number of the run's frame
 * @param at the text's place in that frame
 * @param order counts the run's texts as they came
 * @param steer how far the call that returned it followed somebody else's instruction, 0 to 1
 * @param reply whether it is what a tool answered to something that was done: the tool's own words
 */
public record Source(
    Origin origin, long frame, Pointer at, int order, double steer, boolean reply) {

  public Source(Origin origin, long frame, String pointer, int order, double steer, boolean reply) {
    this(origin, frame, Pointer.of(pointer), order, steer, reply);
  }

  /** The text's JSON Pointer in its frame. */
  public String pointer() {
    return at.toString();
  }

  /** The same deeper in the frame. */
  public Source within(Pointer deeper) {
    return new Source(origin, frame, deeper, order, steer, reply);
  }

  /** The same with its number. */
  public Source numbered(int number) {
    return new Source(origin, frame, at, number, steer, reply);
  }

  /** Whether it is the same text of the run. */
  public boolean is(Source other) {
    return order == other.order;
  }
}
