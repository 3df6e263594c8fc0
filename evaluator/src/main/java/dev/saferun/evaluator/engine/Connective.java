package dev.saferun.evaluator.engine;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** How a condition is made of others. */
enum Connective {
  AND("_&&_"),
  OR("_||_"),
  NOT("!_"),
  CHOICE("_?_:_"),
  /** It is made of none. */
  NONE("");

  private final String function;

  Connective(String function) {
    this.function = function;
  }

  static Connective of(CelExpr expression) {
    for (Connective each : values()) {
      if (each.connects(expression)) {
        return each;
      }
    }
    return NONE;
  }

  private boolean connects(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals(function);
  }

  /** What it connects; {@code a && b && c} are three. */
  List<CelExpr> parts(CelExpr expression) {
    if (this == NONE) {
      return List.of();
    }
    List<CelExpr> parts = new ArrayList<>();
    for (CelExpr part : expression.call().args()) {
      if ((this == AND || this == OR) && connects(part)) {
        parts.addAll(parts(part));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }
}
