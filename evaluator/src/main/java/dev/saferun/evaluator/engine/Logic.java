package dev.saferun.evaluator.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts that connect others. A part that fails does not fail the whole where another part
 * settles it: {@code fails || true} is true, in either order. Where none does, the last failure
 * counts. What is neither true nor false settles nothing and fails at once.
 */
final class Logic {

  private Logic() {}

  static Node.Test not(Node part) {
    return inputs -> !part.truth(inputs);
  }

  static Node.Test and(Node left, Node right) {
    return inputs -> connected(left, right, inputs, false);
  }

  static Node.Test or(Node left, Node right) {
    return inputs -> connected(left, right, inputs, true);
  }

  /** Settled as soon as one part is {@code settling}. */
  private static boolean connected(Node left, Node right, Inputs inputs, boolean settling) {
    RuleFailure failure = null;
    Object first = null;
    try {
      first = left.value(inputs);
    } catch (RuleFailure failed) {
      inputs.steps().failed(failed);
      failure = failed;
    }
    if (failure == null && truth(first) == settling) {
      return settling;
    }
    if (truth(right.value(inputs)) == settling) {
      return settling;
    }
    if (failure != null) {
      throw failure;
    }
    return !settling;
  }

  private static boolean truth(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  static Node choice(Node condition, Node whenTrue, Node whenFalse) {
    return inputs -> (condition.truth(inputs) ? whenTrue : whenFalse).value(inputs);
  }

  /** {@code exists} with {@code settling} true, {@code all} with false. */
  static Node.Test quantified(Node range, int slot, Node predicate, boolean settling) {
    return inputs -> {
      RuleFailure failure = null;
      for (Object element : elements(range.value(inputs))) {
        inputs.round(slot, element);
        Object found = null;
        RuleFailure failed = null;
        try {
          found = predicate.value(inputs);
        } catch (RuleFailure fault) {
          inputs.steps().failed(fault);
          failed = fault;
        }
        if (failed != null) {
          failure = failed;
        } else if (truth(found) == settling) {
          return settling;
        }
      }
      if (failure != null) {
        throw failure;
      }
      return !settling;
    };
  }

  /** {@code exists_one}: here every failure counts. */
  static Node.Test one(Node range, int slot, Node predicate) {
    return inputs -> {
      int found = 0;
      for (Object element : elements(range.value(inputs))) {
        inputs.round(slot, element);
        found += predicate.truth(inputs) ? 1 : 0;
      }
      return found == 1;
    };
  }

  /** What a loop goes through: the elements of a list, the keys of a map. */
  private static Iterable<?> elements(@Nullable Object range) {
    return switch (range) {
      case List<?> list -> list;
      case Map<?, ?> map -> map.keySet();
      case null -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
      default -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    };
  }
}
