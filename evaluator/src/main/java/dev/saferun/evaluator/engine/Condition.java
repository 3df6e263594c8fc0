package dev.saferun.evaluator.engine;

import java.util.Optional;
import java.util.OptionalInt;
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

  private final Node node;
  private final Optional<Equality> first;

  Condition(Node node, Optional<Equality> first) {
    this.node = node;
    this.first = first;
  }

  /** What it asks first, where that is for a value to be a literal. */
  Optional<Equality> first() {
    return first;
  }

  Outcome evaluate(Inputs inputs) {
    inputs.start();
    try {
      return node.truth(inputs) ? HELD : DID_NOT_HOLD;
    } catch (RuleFailure failure) {
      inputs.steps().failed(failure);
      // A failure after an unknown value was met may be none with the value itself.
      return inputs.steps().metUnknown() ? UNDECIDABLE : new Outcome.Failed(failure.error());
    }
  }

  /** What it gives, true or false or anything else; it fails by a {@link RuleFailure}. */
  @Nullable Object value(Inputs inputs) {
    inputs.start();
    return node.value(inputs);
  }

  /** Where it goes through elements until one settles it: the place of that one. */
  OptionalInt settledAt(Inputs inputs) {
    if (!(node instanceof Logic.Quantified loop)) {
      return OptionalInt.empty();
    }
    inputs.start();
    try {
      int place = loop.settledAt(inputs);
      return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    } catch (RuleFailure failed) {
      return OptionalInt.empty();
    }
  }
}
