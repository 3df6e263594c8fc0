package dev.saferun.evaluator.analysis;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.Optional;

/** Folds a comparison of two constants: of numbers, or of texts for equality. */
final class Comparison {

  private Comparison() {}

  static Optional<Boolean> of(String function, CelExpr left, CelExpr right) {
    if (left.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || right.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return Optional.empty();
    }
    return of(function, left.constant(), right.constant());
  }

  private static Optional<Boolean> of(String function, CelConstant left, CelConstant right) {
    if (left.getKind() == CelConstant.Kind.INT64_VALUE
        && right.getKind() == CelConstant.Kind.INT64_VALUE) {
      return ordered(function, Long.compare(left.int64Value(), right.int64Value()));
    }
    Optional<Double> one = number(left);
    Optional<Double> other = number(right);
    if (one.isPresent() && other.isPresent()) {
      return ordered(function, Double.compare(one.get(), other.get()));
    }
    return left.getKind() == right.getKind()
        ? equality(function, left.equals(right))
        : Optional.empty();
  }

  private static Optional<Double> number(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> Optional.of((double) constant.int64Value());
      case DOUBLE_VALUE -> Optional.of(constant.doubleValue());
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> ordered(String function, int order) {
    return switch (function) {
      case "_<_" -> Optional.of(order < 0);
      case "_<=_" -> Optional.of(order <= 0);
      case "_>_" -> Optional.of(order > 0);
      case "_>=_" -> Optional.of(order >= 0);
      default -> equality(function, order == 0);
    };
  }

  private static Optional<Boolean> equality(String function, boolean equal) {
    return switch (function) {
      case "_==_" -> Optional.of(equal);
      case "_!=_" -> Optional.of(!equal);
      default -> Optional.empty();
    };
  }
}
