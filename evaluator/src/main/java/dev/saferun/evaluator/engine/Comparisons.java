package dev.saferun.evaluator.engine;

import com.google.re2j.Pattern;

/** The parts that are true or false of two values, or of a text. */
final class Comparisons {

  private Comparisons() {}

  /** {@code ==} and {@code !=}. */
  static final class Equal extends Node.Test {

    private final Node left;
    private final Node right;
    private final boolean wanted;

    Equal(Node left, Node right, boolean wanted) {
      this.left = left;
      this.right = right;
      this.wanted = wanted;
    }

    @Override
    boolean truth(Inputs inputs) {
      return Operators.equal(left.value(inputs), right.value(inputs)) == wanted;
    }
  }

  /** {@code <} and its kin. */
  static final class Ordered extends Node.Test {

    private final Node left;
    private final Node right;
    private final Operators.Order order;

    Ordered(Node left, Node right, Operators.Order order) {
      this.left = left;
      this.right = right;
      this.order = order;
    }

    @Override
    boolean truth(Inputs inputs) {
      Object one = left.value(inputs);
      return right instanceof Arithmetic computed
          ? computed.isAfter(one, order, inputs)
          : order.holds(one, right.value(inputs));
    }
  }

  /** {@code contains} and its kin. */
  static final class OfTexts extends Node.Test {

    private final Node left;
    private final Node right;
    private final Relation relation;

    OfTexts(Node left, Node right, Relation relation) {
      this.left = left;
      this.right = right;
      this.relation = relation;
    }

    @Override
    boolean truth(Inputs inputs) {
      if (left.value(inputs) instanceof String text
          && right.value(inputs) instanceof String other) {
        return relation.holds(text, other);
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }

    /** What is asked of two texts. */
    interface Relation {
      boolean holds(String text, String other);
    }
  }

  /** {@code matches}, with the expression compiled when the condition was. */
  static final class Matches extends Node.Test {

    private final Node text;
    private final Pattern pattern;

    Matches(Node text, Pattern pattern) {
      this.text = text;
      this.pattern = pattern;
    }

    @Override
    boolean truth(Inputs inputs) {
      if (text.value(inputs) instanceof String found) {
        inputs.steps().search(found);
        return pattern.matcher(found).find();
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
  }
}
