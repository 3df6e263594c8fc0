package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What CEL's operators do with values, whose types are only known when they are met. */
final class Operators {

  private Operators() {}

  /** Numbers are equal by value, whatever their type; values of different kinds are not equal. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == Unknown.VALUE || right == Unknown.VALUE) {
      throw RuleFailure.of(RuleError.UNKNOWN_VALUE);
    }
    if (left instanceof String text) {
      return text.equals(right);
    }
    if (left instanceof Number number) {
      return right instanceof Number other && equalNumbers(number, other);
    }
    if (left instanceof List<?> list) {
      return right instanceof List<?> other && equalLists(list, other);
    }
    if (left instanceof Map<?, ?> map) {
      return right instanceof Map<?, ?> other && equalMaps(map, other);
    }
    return Objects.equals(left, right);
  }

  private static boolean equalNumbers(Number left, Number right) {
    if (left instanceof Long one && right instanceof Long other) {
      return one.longValue() == other.longValue();
    }
    if (left instanceof Double one && right instanceof Double other) {
      return one.doubleValue() == other.doubleValue();
    }
    return left instanceof Long whole
        ? equalMixed(whole, right.doubleValue())
        : equalMixed(right.longValue(), left.doubleValue());
  }

  private static boolean equalMixed(long whole, double number) {
    return (double) whole == number && (long) number == whole;
  }

  private static boolean equalLists(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      if (!right.containsKey(entry.getKey())
          || !equal(entry.getValue(), right.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** A comparison of two values of one order. */
  enum Order {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(@Nullable Object left, @Nullable Object right) {
      if (left instanceof Long one && right instanceof Long other) {
        return holds(Long.compare(one, other));
      }
      if (left instanceof Number one && right instanceof Number other) {
        return holds(one, other);
      }
      if (left instanceof String one && right instanceof String other) {
        return holds(one.compareTo(other));
      }
      if (left instanceof Boolean one && right instanceof Boolean other) {
        return holds(Boolean.compare(one, other));
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }

    private boolean holds(Number left, Number right) {
      double one = left.doubleValue();
      double other = right.doubleValue();
      return one == other ? holds(0) : !unordered(one, other) && holds(one < other ? -1 : 1);
    }

    private static boolean unordered(double one, double other) {
      return Double.isNaN(one) || Double.isNaN(other);
    }

    boolean holds(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  /** The sum of two texts or lists. */
  static Object joined(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String one && right instanceof String other) {
      return one.concat(other);
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      List<@Nullable Object> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
    throw RuleFailure.of(RuleError.TYPE_MISMATCH);
  }

  /** {@code size}; texts are counted in code points. */
  static final class Size extends Node {

    private final Node operand;

    Size(Node operand) {
      this.operand = operand;
    }

    @Override
    Object value(Inputs inputs) {
      return switch (operand.value(inputs)) {
        case String text -> (long) text.codePointCount(0, text.length());
        case List<?> list -> (long) list.size();
        case Map<?, ?> map -> (long) map.size();
        case null -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
        default -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
      };
    }
  }
}
