package dev.saferun.evaluator.engine;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import org.jspecify.annotations.Nullable;

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

  private final Evaluator evaluator;

  /** One way to evaluate: compiled parts of our own, or CEL's runtime. */
  private interface Evaluator {
    @Nullable Object evaluate(Inputs inputs) throws CelEvaluationException;
  }

  private Condition(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  static Condition compiled(Node node) {
    return new Condition(node::value);
  }

  static Condition planned(CelRuntime.Program program) {
    return new Condition(inputs -> program.eval(inputs.variables()));
  }

  Outcome evaluate(Inputs inputs) {
    inputs.start();
    try {
      return evaluator.evaluate(inputs) instanceof Boolean held
          ? held ? HELD : DID_NOT_HOLD
          : new Outcome.Failed(RuleError.TYPE_MISMATCH);
    } catch (RuleFailure failure) {
      return new Outcome.Failed(failure.error());
    } catch (CelEvaluationException failure) {
      return new Outcome.Failed(RuleError.of(failure));
    }
  }
}
