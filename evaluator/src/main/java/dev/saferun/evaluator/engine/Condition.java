package dev.saferun.evaluator.engine;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

/** A condition that can be evaluated: stateless, shared by all snapshots that hold it. */
final class Condition {

  /** What came out of one evaluation. */
  sealed interface Outcome {

    /** The rule speaks. */
    record Held() implements Outcome {}

    /** The rule has nothing to say. */
    record DidNotHold() implements Outcome {}

    /** The rule could not be decided; its {@code on_error} says what that stands for. */
    record Failed(RuleError error) implements Outcome {}
  }

  private static final Outcome HELD = new Outcome.Held();
  private static final Outcome DID_NOT_HOLD = new Outcome.DidNotHold();

  private final CelRuntime.Program program;

  Condition(CelRuntime.Program program) {
    this.program = program;
  }

  Outcome evaluate(Inputs inputs) {
    try {
      Object value = program.eval(inputs.start());
      return value instanceof Boolean held
          ? held ? HELD : DID_NOT_HOLD
          : new Outcome.Failed(RuleError.TYPE_MISMATCH);
    } catch (CelEvaluationException failure) {
      return new Outcome.Failed(RuleError.of(failure));
    }
  }
}
