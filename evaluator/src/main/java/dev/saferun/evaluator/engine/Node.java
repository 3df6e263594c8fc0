package dev.saferun.evaluator.engine;

import org.jspecify.annotations.Nullable;

/**
 * A part of a condition, compiled. It reads the request's trees where they stand and makes no
 * copies; a JSON null is Java's null. It fails by a {@link RuleFailure}.
 *
 * <p>A class and not an interface: a call through an interface with many implementations takes
 * twice as long, and here such calls are most of the work.
 */
abstract class Node {

  abstract @Nullable Object value(Inputs inputs);

  /** The value, where the language asks for true or false. */
  boolean truth(Inputs inputs) {
    if (value(inputs) instanceof Boolean truth) {
      return truth;
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  /** A part that is true or false. */
  abstract static class Test extends Node {

    @Override
    abstract boolean truth(Inputs inputs);

    @Override
    final Object value(Inputs inputs) {
      return truth(inputs);
    }
  }

  /** A part that is the same in every decision. */
  static final class Constant extends Node {

    private final @Nullable Object value;

    Constant(@Nullable Object value) {
      this.value = value;
    }

    @Nullable Object value() {
      return value;
    }

    @Override
    @Nullable Object value(Inputs inputs) {
      return value;
    }
  }

  /** The variable of a loop. */
  static final class Local extends Node {

    private final int slot;

    Local(int slot) {
      this.slot = slot;
    }

    @Override
    @Nullable Object value(Inputs inputs) {
      return inputs.local(slot);
    }
  }
}
