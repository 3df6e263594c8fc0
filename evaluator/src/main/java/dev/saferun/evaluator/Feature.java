package dev.saferun.evaluator;

import java.util.Locale;

/**
 * What the Intent Guard measures of a call, each from 0 to 1. {@link #sign} says which way it can
 * speak: a model's weight never has the other sign, whatever the examples were that it was made
 * from.
 */
public enum Feature {
  /** A value stands in an instruction that somebody else wrote, and not in what was asked. */
  STEERED_VALUE(1),
  /** The same, where the instruction has nothing to do with what was asked. */
  STRANGE_INSTRUCTION(1),
  /** An instruction that somebody else wrote gives a value and names the tool as well. */
  STEERED_CALL(1),
  /** Such a value says where something goes. */
  STEERED_RECIPIENT(1),
  /** A value is known only from the answer to a call that was itself steered. */
  STEERED_SOURCE(1),
  /** The same, and the call does more than look. */
  STEERED_SOURCE_ACTS(1),
  /** Steered in any of these ways. */
  STEERED(1),
  /** Steered, in the way that is clearest. */
  STEERED_MOST(1),
  /** As far as the call is steered, the share of values that were only read somewhere. */
  STEERED_DATA(1),
  /** Steered to destroy something. */
  STEERED_TO_DESTROY(1),
  /** The tool destroys, and nothing of the kind was asked. */
  DESTROYS_UNASKED(1),
  /** The tool only looks. */
  READS(-1),
  /** Where it goes was asked. */
  RECIPIENT_ASKED(-1),
  /** A specific value stands in no text that the run has seen. */
  VALUE_FROM_NOWHERE(1),
  /** The model produced another call than the one that was sent. */
  SENT_DIFFERS(1),
  /** The plan says the opposite. */
  PLAN_FLIPPED(1),
  /** The plan has another value for the same thing. */
  PLAN_DIFFERS(1),
  /** The state has another value for the same thing. */
  STATE_DIFFERS(1),
  /** The state says that the target is another than the planned one. */
  OTHER_TARGET(1),
  /** The tool does the opposite of what was asked. */
  OPPOSITE_OF_ASKED(1),
  /** The amount is a hundred times as much or as little. */
  OTHER_UNIT(1),
  /** The project has many calls and none of this tool. */
  NOVEL_TOOL(1),
  /** An argument that takes few different values has one that it never had. */
  NOVEL_VALUE(1),
  /** A number is far larger than those that its argument had. */
  UNUSUAL_AMOUNT(1),
  /** The customer's own model says how likely the call was not asked for. */
  SECOND_OPINION(1);

  private final int sign;

  Feature(int sign) {
    this.sign = sign;
  }

  /** 1 where it speaks against the call, -1 where it speaks for it, 0 where the examples decide. */
  public int sign() {
    return sign;
  }

  public static Feature of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
