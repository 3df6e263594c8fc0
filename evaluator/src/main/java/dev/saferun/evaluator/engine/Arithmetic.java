package dev.saferun.evaluator.engine;

import org.jspecify.annotations.Nullable;

/**
 * {@code +}, {@code -} and {@code *}. Where it is only compared with something its result is never
 * made an object, so a comparison leaves nothing behind.
 */
final class Arithmetic extends Node {

  /** What is computed. Whole numbers that grow out of range fail the rule. */
  enum Operation {
    SUM,
    DIFFERENCE,
    PRODUCT;

    long of(long left, long right) {
      try {
        return switch (this) {
          case SUM -> Math.addExact(left, right);
          case DIFFERENCE -> Math.subtractExact(left, right);
          case PRODUCT -> Math.multiplyExact(left, right);
        };
      } catch (ArithmeticException overflow) {
        throw RuleFailure.of(RuleError.OVERFLOW);
      }
    }

    double of(double left, double right) {
      return switch (this) {
        case SUM -> left + right;
        case DIFFERENCE -> left - right;
        case PRODUCT -> left * right;
      };
    }
  }

  private final Node left;
  private final Node right;
  private final Operation operation;

  Arithmetic(Node left, Node right, Operation operation) {
    this.left = left;
    this.right = right;
    this.operation = operation;
  }

  @Override
  Object value(Inputs inputs) {
    return of(left.value(inputs), right.value(inputs));
  }

  private Object of(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Long whole && other instanceof Long second) {
      return operation.of(whole.longValue(), second.longValue());
    }
    if (one instanceof Double number && other instanceof Double second) {
      return operation.of(number.doubleValue(), second.doubleValue());
    }
    if (operation == Operation.SUM) {
      return Operators.joined(one, other);
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  /** Whether a value stands in an order to the result. */
  boolean isAfter(@Nullable Object value, Operators.Order order, Inputs inputs) {
    Object one = left.value(inputs);
    Object other = right.value(inputs);
    if (value instanceof Long compared
        && one instanceof Long whole
        && other instanceof Long second) {
      long result = operation.of(whole.longValue(), second.longValue());
      return order.holds(Long.compare(compared, result));
    }
    return order.holds(value, of(one, other));
  }
}
