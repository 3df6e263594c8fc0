package dev.saferun.evaluator.engine;

import java.util.Iterator;
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

  /** {@code !part}. */
  static final class Not extends Node.Test {

    private final Node part;

    Not(Node part) {
      this.part = part;
    }

    @Override
    boolean truth(Inputs inputs) {
      return !part.truth(inputs);
    }
  }

  /** {@code &&} and {@code ||}: settled as soon as one part is {@code settling}. */
  static final class Connected extends Node.Test {

    private final Node left;
    private final Node right;
    private final boolean settling;

    private Connected(Node left, Node right, boolean settling) {
      this.left = left;
      this.right = right;
      this.settling = settling;
    }

    static Connected and(Node left, Node right) {
      return new Connected(left, right, false);
    }

    static Connected or(Node left, Node right) {
      return new Connected(left, right, true);
    }

    @Override
    boolean truth(Inputs inputs) {
      Object first;
      try {
        first = left.value(inputs);
      } catch (RuleFailure failed) {
        return afterFailure(failed, inputs);
      }
      return Logic.truth(first) == settling ? settling : right.truth(inputs);
    }

    private boolean afterFailure(RuleFailure failed, Inputs inputs) {
      inputs.steps().failed(failed);
      if (right.truth(inputs) == settling) {
        return settling;
      }
      throw failed;
    }
  }

  private static boolean truth(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  /** {@code condition ? whenTrue : whenFalse}. */
  static final class Choice extends Node {

    private final Node condition;
    private final Node whenTrue;
    private final Node whenFalse;

    Choice(Node condition, Node whenTrue, Node whenFalse) {
      this.condition = condition;
      this.whenTrue = whenTrue;
      this.whenFalse = whenFalse;
    }

    @Override
    @Nullable Object value(Inputs inputs) {
      return (condition.truth(inputs) ? whenTrue : whenFalse).value(inputs);
    }
  }

  /** {@code exists} with {@code settling} true, {@code all} with false. */
  static final class Quantified extends Node.Test {

    private final Node range;
    private final int slot;
    private final Node predicate;
    private final boolean settling;

    Quantified(Node range, int slot, Node predicate, boolean settling) {
      this.range = range;
      this.slot = slot;
      this.predicate = predicate;
      this.settling = settling;
    }

    @Override
    boolean truth(Inputs inputs) {
      return settledAt(inputs) < 0 ? !settling : settling;
    }

    /** The place of the element that settles it, or -1. */
    int settledAt(Inputs inputs) {
      RuleFailure failure = null;
      int place = 0;
      for (Iterator<?> elements = elements(range.value(inputs)); elements.hasNext(); place++) {
        inputs.round(slot, elements.next());
        Object found;
        try {
          found = predicate.value(inputs);
        } catch (RuleFailure failed) {
          inputs.steps().failed(failed);
          failure = failed;
          continue;
        }
        if (Logic.truth(found) == settling) {
          return place;
        }
      }
      if (failure != null) {
        throw failure;
      }
      return -1;
    }
  }

  /** {@code exists_one}: here every failure counts. */
  static final class One extends Node.Test {

    private final Node range;
    private final int slot;
    private final Node predicate;

    One(Node range, int slot, Node predicate) {
      this.range = range;
      this.slot = slot;
      this.predicate = predicate;
    }

    @Override
    boolean truth(Inputs inputs) {
      int found = 0;
      for (Iterator<?> elements = elements(range.value(inputs)); elements.hasNext(); ) {
        inputs.round(slot, elements.next());
        found += predicate.truth(inputs) ? 1 : 0;
      }
      return found == 1;
    }
  }

  /** What a loop goes through: the elements of a list, the keys of a map. */
  private static Iterator<?> elements(@Nullable Object range) {
    if (range instanceof List<?> list) {
      return list.iterator();
    }
    if (range instanceof Map<?, ?> map) {
      return map.keySet().iterator();
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }
}
