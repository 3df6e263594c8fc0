package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Source;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of the call's arguments, or a part of one, and where its words stand.
 *
 * @param pointer the argument's JSON Pointer within the arguments
 * @param specific whether it names something: an address, a number, a name, not one or two letters
 * @param strength how surely its words in a row are the same thing, 0 to 1
 * @param recipient whether the argument says where something goes
 * @param asked whether it stands in what was asked for
 * @param seen the blocks of read texts in which it stands, newest first; empty where it was asked
 * @param steer the least that any read text with it was itself steered
 * @param second of a number that was found by arithmetic, where the other operand stands
 */
record Traced(
    String pointer,
    Origin origin,
    String form,
    @Nullable Source source,
    int start,
    int end,
    boolean specific,
    double strength,
    boolean recipient,
    boolean asked,
    List<Block> seen,
    double steer,
    @Nullable TextPlace second) {

  private static final String USUAL = "usual";

  /** A value that was looked for nowhere, or found nowhere. */
  static Traced without(Argument argument, Origin origin, String form) {
    return without(argument.pointer(), origin, form);
  }

  private static Traced without(String pointer, Origin origin, String form) {
    return new Traced(
        pointer, origin, form, null, 0, 0, false, 0, false, false, List.of(), 0, null);
  }

  /** The same value, found in another form. */
  Traced in(String otherForm) {
    return new Traced(
        pointer, origin, otherForm, source, start, end, specific, strength, recipient, asked, seen,
        steer, second);
  }

  /**
   * The same; or, where no text of the run has it and it is at a pointer whose values are usual, a
   * constant of the tool.
   */
  Traced orUsual(Set<String> usual) {
    return !isFound() && usual.contains(pointer) ? without(pointer, Origin.CONSTANT, USUAL) : this;
  }

  boolean isFound() {
    return origin != Origin.NOWHERE;
  }
}
