package dev.saferun.evaluator.engine;

import org.jspecify.annotations.Nullable;

/**
 * A part of a condition, compiled. It reads the request's trees where they stand and makes no
 * copies; a JSON null is Java's null. It fails by a {@link RuleFailure}.
 */
interface Node {

  @Nullable Object value(Inputs inputs);

  /** The value, where the language asks for true or false. */
  default boolean truth(Inputs inputs) {
    if (value(inputs) instanceof Boolean truth) {
      return truth;
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  /** A part that is true or false. */
  interface Test extends Node {

    @Override
    boolean truth(Inputs inputs);

    @Override
    default Object value(Inputs inputs) {
      return truth(inputs);
    }
  }
}
