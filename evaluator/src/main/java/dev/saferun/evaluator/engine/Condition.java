package dev.saferun.evaluator.engine;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
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

    /** The rule needs a value that redaction took; only a recorded call has such. */
    record Undecidable() implements Outcome {}
  }

  private static final Outcome HELD = new Outcome.Held();
  private static final Outcome DID_NOT_HOLD = new Outcome.DidNotHold();
  private static final Outcome UNDECIDABLE = new Outcome.Undecidable();

  private final Evaluator evaluator;
  private final Optional<Equality> first;

  /** One way to evaluate: compiled parts of our own, or CEL's runtime. */
  private interface Evaluator {
    @Nullable Object evaluate(Inputs inputs) throws CelEvaluationException;
  }

  private Condition(Evaluator evaluator, Optional<Equality> first) {
    this.evaluator = evaluator;
    this.first = first;
  }

  static Condition compiled(Node node, Optional<Equality> first) {
    return new Condition(node::value, first);
  }

  static Condition planned(CelRuntime.Program program) {
    return new Condition(inputs -> program.eval(inputs.variables()), Optional.empty());
  }

  /** What it asks first, where that is for a value to be a literal. */
  Optional<Equality> first() {
    return first;
  }

  Outcome evaluate(Inputs inputs) {
    inputs.start();
    try {
      return evaluator.evaluate(inputs) instanceof Boolean held
          ? held ? HELD : DID_NOT_HOLD
          : failed(RuleError.TYPE_MISMATCH, inputs);
    } catch (RuleFailure failure) {
      inputs.steps().failed(failure);
      return failed(failure.error(), inputs);
    } catch (CelEvaluationException failure) {
      return failed(RuleError.of(failure), inputs);
    }
  }

  /** A failure after an unknown value was met may be none with the value itself. */
  private static Outcome failed(RuleError error, Inputs inputs) {
    return inputs.steps().metUnknown() ? UNDECIDABLE : new Outcome.Failed(error);
  }
}
