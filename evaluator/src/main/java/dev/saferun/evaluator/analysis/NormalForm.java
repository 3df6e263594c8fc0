package dev.saferun.evaluator.analysis;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes a condition's tree as one text that is the same for trees that say the same. */
final class NormalForm {

  private static final String TRUE = "true";
  private static final String FALSE = "false";

  /** What a comparison is seen from its other side. */
  private static final Map<String, String> MIRRORED = Map.of("_>_", "_<_", "_>=_", "_<=_");

  private static final Set<String> SYMMETRIC = Set.of("_==_", "_!=_");

  Shape shape(CelExpr tree) {
    String text = text(tree);
    Set<String> conjuncts = parts(tree, "_&&_", TRUE);
    return new Shape(text, constant(text), conjuncts, parts(tree, "_||_", FALSE));
  }

  private static Optional<Boolean> constant(String text) {
    return text.equals(TRUE) || text.equals(FALSE)
        ? Optional.of(text.equals(TRUE))
        : Optional.empty();
  }

  String text(CelExpr part) {
    return switch (part.getKind()) {
      case CONSTANT -> constant(part.constant());
      case IDENT -> part.ident().name();
      case SELECT -> selection(part.select());
      case CALL -> call(part);
      case LIST -> "[" + all(part.list().elements()) + "]";
      case COMPREHENSION -> loop(part.comprehension());
      case MAP, STRUCT, NOT_SET -> part.toString();
    };
  }

  private static String constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> constant.booleanValue() ? TRUE : FALSE;
      case INT64_VALUE -> String.valueOf(constant.int64Value());
      case DOUBLE_VALUE -> number(constant.doubleValue());
      case STRING_VALUE -> quoted(constant.stringValue());
      default -> constant.toString();
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** {@code 1.0} equals {@code 1} in this language. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private String selection(CelExpr.CelSelect selection) {
    String path = text(selection.operand()) + "." + selection.field();
    return selection.testOnly() ? "has(" + path + ")" : path;
  }

  private String loop(CelExpr.CelComprehension loop) {
    return "loop(%s, %s, %s, %s, %s, %s)"
        .formatted(
            loop.iterVar(),
            text(loop.iterRange()),
            text(loop.accuInit()),
            text(loop.loopCondition()),
            text(loop.loopStep()),
            text(loop.result()));
  }

  private String call(CelExpr part) {
    CelExpr.CelCall call = part.call();
    return switch (call.function()) {
      case "_&&_" -> joined(parts(part, "_&&_", TRUE), " && ", FALSE, TRUE);
      case "_||_" -> joined(parts(part, "_||_", FALSE), " || ", TRUE, FALSE);
      case "!_" -> negated(text(call.args().getFirst()));
      case "_?_:_" -> choice(call.args());
      default -> plain(call);
    };
  }

  /** The parts of a chain, without those that add nothing. */
  private Set<String> parts(CelExpr part, String function, String neutral) {
    Set<String> parts = new TreeSet<>();
    collect(part, function, parts);
    parts.remove(neutral);
    return parts.isEmpty() ? Set.of(neutral) : parts;
  }

  private void collect(CelExpr part, String function, Set<String> parts) {
    if (part.getKind() == CelExpr.ExprKind.Kind.CALL && part.call().function().equals(function)) {
      part.call().args().forEach(each -> collect(each, function, parts));
    } else {
      parts.add(text(part));
    }
  }

  /** A part that settles the whole, or two that cannot both stand, make it a constant. */
  private static String joined(Set<String> parts, String sign, String settling, String neutral) {
    if (parts.contains(settling)
        || parts.stream().anyMatch(part -> parts.contains(negated(part)))
        || (neutral.equals(TRUE) && Equalities.contradict(parts))) {
      return settling;
    }
    return parts.size() == 1
        ? parts.iterator().next()
        : parts.stream().collect(Collectors.joining(sign, "(", ")"));
  }

  private static String negated(String text) {
    return switch (text) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      default -> text.startsWith("!") ? text.substring(1) : "!" + text;
    };
  }

  private String choice(List<CelExpr> parts) {
    String condition = text(parts.getFirst());
    return switch (condition) {
      case TRUE -> text(parts.get(1));
      case FALSE -> text(parts.get(2));
      default -> "(%s ? %s : %s)".formatted(condition, text(parts.get(1)), text(parts.get(2)));
    };
  }

  private String plain(CelExpr.CelCall call) {
    if (call.target().isEmpty() && call.args().size() == 2) {
      return binary(call.function(), call.args().getFirst(), call.args().get(1));
    }
    String target = call.target().map(part -> text(part) + ".").orElse("");
    return target + call.function() + "(" + all(call.args()) + ")";
  }

  private String binary(String function, CelExpr left, CelExpr right) {
    Optional<Boolean> folded = Comparison.of(function, left, right);
    if (folded.isPresent()) {
      return folded.get() ? TRUE : FALSE;
    }
    String one = text(left);
    String other = text(right);
    boolean swapped =
        SYMMETRIC.contains(function)
            ? one.compareTo(other) > 0
            : !MIRRORED.getOrDefault(function, function).equals(function);
    return swapped
        ? written(MIRRORED.getOrDefault(function, function), other, one)
        : written(function, one, other);
  }

  private static String written(String function, String left, String right) {
    return "(" + left + function.replace('_', ' ') + right + ")";
  }

  private String all(List<CelExpr> parts) {
    return parts.stream().map(this::text).collect(Collectors.joining(", "));
  }
}
