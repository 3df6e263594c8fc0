package dev.saferun.evaluator.engine;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.RuleFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a condition's syntax tree against the limits that keep its cost bounded, and compiles its
 * regular expressions on the way.
 */
final class SyntaxLimits {

  private final CelSource source;
  private final List<RuleFault> faults = new ArrayList<>();
  private final Map<String, Pattern> regexes = new HashMap<>();
  private int nodes;

  private SyntaxLimits(CelSource source) {
    this.source = source;
  }

  static SyntaxLimits of(CelAbstractSyntaxTree tree) {
    SyntaxLimits limits = new SyntaxLimits(tree.getSource());
    limits.visit(tree.getExpr(), 0);
    if (limits.nodes > Limits.CONDITION_NODES_MAX) {
      limits.refuse(
          tree.getExpr(), "the condition has more than " + Limits.CONDITION_NODES_MAX + " parts");
    }
    return limits;
  }

  List<RuleFault> faults() {
    return List.copyOf(faults);
  }

  Map<String, Pattern> regexes() {
    return Map.copyOf(regexes);
  }

  void refuse(CelExpr place, String message) {
    CelSourceLocation location = locationOf(place);
    faults.add(new RuleFault(location.getLine(), location.getColumn() + 1, message));
  }

  private CelSourceLocation locationOf(CelExpr place) {
    Integer offset = source.getPositionsMap().get(place.id());
    return offset == null
        ? CelSourceLocation.of(1, 0)
        : source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
  }

  private void visit(CelExpr node, int comprehensions) {
    nodes++;
    switch (node.getKind()) {
      case NOT_SET, CONSTANT, IDENT -> {}
      case SELECT -> visit(node.select().operand(), comprehensions);
      case CALL -> visitCall(node, comprehensions);
      case LIST -> node.list().elements().forEach(element -> visit(element, comprehensions));
      case STRUCT -> refuse(node, "a condition cannot make a structure");
      case MAP ->
          node.map()
              .entries()
              .forEach(
                  entry -> {
                    visit(entry.key(), comprehensions);
                    visit(entry.value(), comprehensions);
                  });
      case COMPREHENSION -> visitComprehension(node, comprehensions);
    }
  }

  private void visitCall(CelExpr node, int comprehensions) {
    CelExpr.CelCall call = node.call();
    if (call.function().equals("matches")) {
      compileRegex(call.args().getLast());
    }
    call.target().ifPresent(target -> visit(target, comprehensions));
    call.args().forEach(argument -> visit(argument, comprehensions));
  }

  private void visitComprehension(CelExpr node, int outer) {
    int inner = outer + 1;
    if (inner > Limits.COMPREHENSION_DEPTH_MAX) {
      refuse(
          node, "comprehensions are nested more than " + Limits.COMPREHENSION_DEPTH_MAX + " deep");
    }
    CelExpr.CelComprehension loop = node.comprehension();
    visit(loop.iterRange(), outer);
    visit(loop.accuInit(), outer);
    visit(loop.loopCondition(), inner);
    visit(loop.loopStep(), inner);
    visit(loop.result(), outer);
  }

  private void compileRegex(CelExpr argument) {
    if (argument.getKind() != Kind.CONSTANT
        || argument.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      refuse(argument, "a regular expression must be a literal");
      return;
    }
    String regex = argument.constant().stringValue();
    if (regex.length() > Limits.REGEX_CHARACTERS_MAX) {
      refuse(
          argument,
          "a regular expression has at most " + Limits.REGEX_CHARACTERS_MAX + " characters");
    } else if (repetitions(regex) > Limits.REGEX_REPETITIONS_MAX) {
      refuse(argument, "counted repetitions multiply to more than " + Limits.REGEX_REPETITIONS_MAX);
    } else {
      compile(regex, argument);
    }
  }

  private void compile(String regex, CelExpr argument) {
    try {
      regexes.put(regex, Pattern.compile(regex));
    } catch (PatternSyntaxException fault) {
      refuse(argument, "not a regular expression of RE2: " + fault.getDescription());
    }
  }

  /** The product of all numbers that stand in braces: an upper bound of how a pattern can grow. */
  private static long repetitions(String regex) {
    long product = 1;
    int largest = 1;
    int number = 0;
    boolean inBraces = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '{') {
        inBraces = true;
        number = 0;
        largest = 1;
      } else if (inBraces && c >= '0' && c <= '9') {
        number = Math.min(number * 10 + (c - '0'), 100_000);
        largest = Math.max(largest, number);
      } else if (inBraces && c == ',') {
        number = 0;
      } else if (inBraces) {
        inBraces = false;
        product = Math.min(product * largest, Integer.MAX_VALUE);
      }
    }
    return product;
  }
}
