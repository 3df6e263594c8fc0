package dev.saferun.evaluator.engine;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked condition into {@link Node}s. What it does not know, which is seldom used, leaves
 * the whole condition to CEL's own runtime; that runtime is also what the tests compare with.
 */
final class ConditionCompiler {

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Pattern> regexes;
  private final List<String> locals = new ArrayList<>();

  private ConditionCompiler(CelAbstractSyntaxTree tree, Map<String, Pattern> regexes) {
    this.tree = tree;
    this.regexes = regexes;
  }

  /** Empty where something in the condition is beyond it. */
  static Optional<Condition> compile(CelAbstractSyntaxTree tree, Map<String, Pattern> regexes) {
    ConditionCompiler compiler = new ConditionCompiler(tree, regexes);
    try {
      Node node = compiler.node(tree.getExpr());
      return Optional.of(new Condition(node, compiler.first(tree.getExpr())));
    } catch (Beyond beyond) {
      return Optional.empty();
    }
  }

  /** The condition uses something that only CEL's own runtime knows. */
  private static final class Beyond extends Exception {
    private static final long serialVersionUID = 1L;

    Beyond() {
      super(null, null, false, false);
    }
  }

  /** The equality that is evaluated before all else and that the whole depends on. */
  private Optional<Equality> first(CelExpr whole) throws Beyond {
    CelExpr part = whole;
    while (isCall(part, "_&&_")) {
      part = part.call().args().getFirst();
    }
    if (!isCall(part, "_==_") && !isCall(part, "@in")) {
      return Optional.empty();
    }
    CelExpr left = part.call().args().get(0);
    CelExpr right = part.call().args().get(1);
    boolean turned = isCall(part, "_==_") && isLiteral(left);
    CelExpr value = turned ? right : left;
    CelExpr literal = turned ? left : right;
    String path = pathOf(value);
    if (path.isEmpty() || !(isLiteral(literal) || (isCall(part, "@in") && isLiterals(literal)))) {
      return Optional.empty();
    }
    List<@Nullable Object> literals = new ArrayList<>();
    for (CelExpr each : isLiteral(literal) ? List.of(literal) : literal.list().elements()) {
      literals.add(valueOf(each.constant()));
    }
    return Optional.of(new Equality(path, node(value), Equality.keys(literals)));
  }

  private static boolean isCall(CelExpr part, String function) {
    return part.getKind() == CelExpr.ExprKind.Kind.CALL && part.call().function().equals(function);
  }

  private static boolean isLiteral(CelExpr part) {
    return part.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
  }

  private static boolean isLiterals(CelExpr part) {
    return part.getKind() == CelExpr.ExprKind.Kind.LIST
        && part.list().elements().stream().allMatch(ConditionCompiler::isLiteral);
  }

  /** {@code action.arguments.to} of such a chain of fields; empty of anything else. */
  private static String pathOf(CelExpr part) {
    return switch (part.getKind()) {
      case IDENT -> part.ident().name();
      case SELECT -> {
        String operand = pathOf(part.select().operand());
        yield operand.isEmpty() || part.select().testOnly()
            ? ""
            : operand + "." + part.select().field();
      }
      default -> "";
    };
  }

  private Node node(CelExpr part) throws Beyond {
    return switch (part.getKind()) {
      case CONSTANT -> constant(part.constant());
      case IDENT -> local(part.ident().name());
      case SELECT -> selection(part.select());
      case CALL -> call(part);
      case COMPREHENSION -> loop(part.comprehension());
      case LIST -> list(part.list().elements());
      case MAP, STRUCT, NOT_SET -> throw new Beyond();
    };
  }

  private static Node constant(CelConstant constant) throws Beyond {
    return new Node.Constant(valueOf(constant));
  }

  private static @Nullable Object valueOf(CelConstant constant) throws Beyond {
    return switch (constant.getKind()) {
      case NULL_VALUE -> null;
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      default -> throw new Beyond();
    };
  }

  private Node local(String name) throws Beyond {
    int slot = locals.lastIndexOf(name);
    if (slot < 0) {
      throw new Beyond();
    }
    return new Node.Local(slot);
  }

  private Node list(List<CelExpr> elements) throws Beyond {
    List<@Nullable Object> values = new ArrayList<>();
    for (CelExpr element : elements) {
      if (element.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
        throw new Beyond();
      }
      values.add(valueOf(element.constant()));
    }
    return new Node.Constant(values);
  }

  private Node selection(CelExpr.CelSelect selection) throws Beyond {
    CelExpr operand = selection.operand();
    String field = selection.field();
    if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT
        && !locals.contains(operand.ident().name())) {
      return ofVariable(operand.ident().name(), field, selection.testOnly());
    }
    Node map = node(operand);
    if (selection.testOnly()) {
      return new Selections.HasKey(map, field);
    }
    return map instanceof Path path ? path.below(field) : new Selections.Key(map, field);
  }

  private static Node ofVariable(String variable, String field, boolean testOnly) throws Beyond {
    if (variable.equals("run")) {
      return testOnly ? constant(CelConstant.ofValue(true)) : new Selections.RunField(field);
    }
    if (variable.equals("intent")) {
      return testOnly ? constant(CelConstant.ofValue(true)) : new Selections.IntentField(field);
    }
    Path.Part part =
        switch (variable) {
          case "action" -> Path.Part.ACTION;
          case "context" -> Path.Part.CONTEXT;
          case "agent" -> Path.Part.AGENT;
          default -> throw new Beyond();
        };
    CelKind kind = kindOf(Vocabulary.typeOf(variable), field);
    Path path = Path.of(part, field, kind);
    return testOnly ? new Selections.HasField(path) : path;
  }

  private static CelKind kindOf(StructType type, String field) throws Beyond {
    return type.findField(field).orElseThrow(Beyond::new).type().kind();
  }

  private Node call(CelExpr part) throws Beyond {
    CelExpr.CelCall call = part.call();
    if (call.function().equals("_[_]")) {
      refuseNarrowed(part, call.args().getFirst());
    }
    List<CelExpr> parts = new ArrayList<>();
    call.target().ifPresent(parts::add);
    parts.addAll(call.args());
    List<Node> nodes = new ArrayList<>();
    for (CelExpr each : parts) {
      nodes.add(node(each));
    }
    return switch (nodes.size()) {
      case 1 -> unary(call.function(), nodes.getFirst());
      case 2 -> binary(call.function(), nodes.get(0), nodes.get(1), parts.get(1));
      case 3 -> ternary(call.function(), nodes);
      default -> throw new Beyond();
    };
  }

  /**
   * CEL's checker takes an element of what may be anything for what its surroundings expect, and
   * its runtime then fails for a number of the other type.
   */
  private void refuseNarrowed(CelExpr element, CelExpr collection) throws Beyond {
    if (kindOf(collection) == CelKind.DYN && kindOf(element) != CelKind.DYN) {
      throw new Beyond();
    }
  }

  private CelKind kindOf(CelExpr part) {
    return tree.getType(part.id()).map(CelType::kind).orElse(CelKind.DYN);
  }

  private static Node unary(String function, Node operand) throws Beyond {
    return switch (function) {
      case "!_" -> new Logic.Not(operand);
      case "size" -> new Operators.Size(operand);
      case Origins.FUNCTION -> origin(operand);
      default -> throw new Beyond();
    };
  }

  private static Node origin(Node operand) {
    String pointer = operand instanceof Path path ? path.withinArguments() : null;
    return pointer == null ? new Origins.OfValue(operand) : new Origins.OfPlace(pointer, operand);
  }

  private static Node ternary(String function, List<Node> nodes) throws Beyond {
    if (!function.equals("_?_:_")) {
      throw new Beyond();
    }
    return new Logic.Choice(nodes.get(0), nodes.get(1), nodes.get(2));
  }

  private Node binary(String function, Node left, Node right, CelExpr rightPart) throws Beyond {
    return switch (function) {
      case "_&&_" -> Logic.Connected.and(left, right);
      case "_||_" -> Logic.Connected.or(left, right);
      case "_==_" -> new Comparisons.Equal(left, right, true);
      case "_!=_" -> new Comparisons.Equal(left, right, false);
      case "_<_" -> new Comparisons.Ordered(left, right, Operators.Order.LESS);
      case "_<=_" -> new Comparisons.Ordered(left, right, Operators.Order.LESS_OR_EQUAL);
      case "_>_" -> new Comparisons.Ordered(left, right, Operators.Order.GREATER);
      case "_>=_" -> new Comparisons.Ordered(left, right, Operators.Order.GREATER_OR_EQUAL);
      case "_+_" -> new Arithmetic(left, right, Arithmetic.Operation.SUM);
      case "_-_" -> new Arithmetic(left, right, Arithmetic.Operation.DIFFERENCE);
      case "_*_" -> new Arithmetic(left, right, Arithmetic.Operation.PRODUCT);
      case "@in" ->
          right instanceof Node.Constant literals && literals.value() instanceof List<?> list
              ? new Selections.InLiterals(left, list)
              : new Selections.In(left, right);
      case "_[_]" -> new Selections.At(left, right);
      case "contains" -> new Comparisons.OfTexts(left, right, String::contains);
      case "startsWith" -> new Comparisons.OfTexts(left, right, String::startsWith);
      case "endsWith" -> new Comparisons.OfTexts(left, right, String::endsWith);
      case "matches" -> matches(left, rightPart);
      default -> throw new Beyond();
    };
  }

  private Node.Test matches(Node text, CelExpr regex) throws Beyond {
    Pattern pattern = regexes.get(regex.constant().stringValue());
    if (pattern == null) {
      throw new Beyond();
    }
    return new Comparisons.Matches(text, pattern);
  }

  /** The loops that CEL's macros {@code exists}, {@code all} and {@code exists_one} expand to. */
  private Node loop(CelExpr.CelComprehension loop) throws Beyond {
    CelExpr step = loop.loopStep();
    boolean call = step.getKind() == CelExpr.ExprKind.Kind.CALL;
    if (!call || !loop.iterVar2().isEmpty()) {
      throw new Beyond();
    }
    Node range = node(loop.iterRange());
    int slot = locals.size();
    locals.add(loop.iterVar());
    try {
      return loop(step.call(), range, slot, loop.accuVar());
    } finally {
      locals.removeLast();
    }
  }

  private Node loop(CelExpr.CelCall step, Node range, int slot, String result) throws Beyond {
    List<CelExpr> parts = step.args();
    boolean growing = isIdent(parts.getFirst(), result);
    return switch (step.function()) {
      case "_||_" -> new Logic.Quantified(range, slot, predicate(growing, parts), true);
      case "_&&_" -> new Logic.Quantified(range, slot, predicate(growing, parts), false);
      case "_?_:_" -> new Logic.One(range, slot, counted(parts, result));
      default -> throw new Beyond();
    };
  }

  private Node predicate(boolean growing, List<CelExpr> parts) throws Beyond {
    if (!growing) {
      throw new Beyond();
    }
    return node(parts.get(1));
  }

  /** {@code predicate ? result + 1 : result}, and not a list that grows. */
  private Node counted(List<CelExpr> parts, String result) throws Beyond {
    CelExpr more = parts.get(1);
    boolean counts =
        more.getKind() == CelExpr.ExprKind.Kind.CALL
            && more.call().function().equals("_+_")
            && more.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && isIdent(parts.get(2), result);
    if (!counts) {
      throw new Beyond();
    }
    return node(parts.get(0));
  }

  private static boolean isIdent(CelExpr part, String name) {
    return part.getKind() == CelExpr.ExprKind.Kind.IDENT && part.ident().name().equals(name);
  }
}
