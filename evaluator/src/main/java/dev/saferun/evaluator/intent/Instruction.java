package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Block;

/**
 * An instruction in a text that the agent read, held against a call.
 *
 * @param verb how far it says to do what the tool does
 * @param objects how far it speaks of what the tool works on
 * @param value how surely it gives one of the call's values
 * @param recipient whether that value says where something goes
 * @param near how near it is to what was asked
 */
record Instruction(
    Block block, double verb, double objects, double value, boolean recipient, double near) {

  /** Below it an instruction and a call have nothing to do with each other. */
  static final double FIT_MIN = 0.3;

  private static final double VALUE_TELLS = 0.7;
  private static final double VERB_TELLS = 0.35;
  private static final double OBJECT_TELLS = 0.25;
  private static final double NEAR_COUNTS = 0.85;
  private static final double OWN_REPLY = 0.35;

  /** How well the call is what the instruction wants: each part tells something by itself. */
  double fit() {
    return 1 - (1 - VALUE_TELLS * value) * (1 - VERB_TELLS * verb) * (1 - OBJECT_TELLS * objects);
  }

  /** How far it is from what was asked; what a tool answers to a deed is its own words. */
  double far() {
    return (1 - NEAR_COUNTS * near) * (block.source().reply() ? OWN_REPLY : 1);
  }

  double steer() {
    return fit() * far();
  }
}
