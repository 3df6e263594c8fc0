package dev.saferun.evaluator.engine;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.saferun.evaluator.RuleFault;
import dev.saferun.evaluator.RuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a rule's condition into a program, or says what is wrong with it. Compiling costs
 * milliseconds and is done when a rule is written or a snapshot is built, never on a request.
 */
public final class RuleCompiler {

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(Limits.CONDITION_CHARACTERS_MAX)
          .comprehensionMaxIterations(Limits.LOOP_STEPS_MAX)
          .maxRegexProgramSize(Limits.REGEX_CHARACTERS_MAX)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setTypeProvider(new CelTypes())
          .addVar("agent", CelTypes.AGENT)
          .addVar("action", CelTypes.ACTION)
          .addVar("context", CelTypes.CONTEXT)
          .addVar("run", CelTypes.RUN)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings(), CelExtensions.math())
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings(), CelExtensions.math())
          .build();

  private RuleCompiler() {}

  /** Everything that keeps this rule from being taken; empty where nothing does. */
  public static List<RuleFault> faults(RuleVersion rule) {
    if (rule.condition().length() > Limits.CONDITION_CHARACTERS_MAX) {
      return List.of(
          new RuleFault(
              1,
              1,
              "the condition is longer than " + Limits.CONDITION_CHARACTERS_MAX + " characters"));
    }
    CelValidationResult result = COMPILER.compile(rule.condition());
    if (result.hasError()) {
      return result.getErrors().stream().map(RuleCompiler::fault).toList();
    }
    return costFaults(checked(result));
  }

  /** Compiles a rule that has no faults. */
  static CompiledRule compile(RuleVersion rule) {
    List<RuleFault> faults = faults(rule);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "rule "
              + rule.name()
              + " version "
              + rule.version()
              + ": "
              + faults.getFirst().message());
    }
    try {
      return new CompiledRule(
          rule, RUNTIME.createProgram(checked(COMPILER.compile(rule.condition()))));
    } catch (CelEvaluationException fault) {
      throw new IllegalArgumentException(
          "rule " + rule.name() + " version " + rule.version() + " cannot be planned", fault);
    }
  }

  private static CelAbstractSyntaxTree checked(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException fault) {
      throw new IllegalArgumentException("the condition has faults", fault);
    }
  }

  private static RuleFault fault(CelIssue issue) {
    CelSourceLocation place = issue.getSourceLocation();
    return new RuleFault(
        Math.max(place.getLine(), 1), Math.max(place.getColumn(), 0) + 1, issue.getMessage());
  }

  private static List<RuleFault> costFaults(CelAbstractSyntaxTree tree) {
    List<RuleFault> faults = new ArrayList<>();
    CelNavigableAst nodes = CelNavigableAst.fromAst(tree);
    if (nodes.getRoot().allNodes().count() > Limits.EXPRESSION_NODES_MAX) {
      faults.add(
          new RuleFault(
              1, 1, "the condition has more than " + Limits.EXPRESSION_NODES_MAX + " parts"));
    }
    nodes
        .getRoot()
        .allNodes()
        .filter(
            node ->
                node.getKind() == Kind.COMPREHENSION && loopsAround(node) > Limits.NESTED_LOOPS_MAX)
        .map(
            node ->
                at(
                    tree,
                    node.expr(),
                    "loops may be nested at most " + Limits.NESTED_LOOPS_MAX + " deep"))
        .forEach(faults::add);
    return faults;
  }

  private static int loopsAround(CelNavigableExpr node) {
    int loops = 1;
    for (Optional<CelNavigableExpr> parent = node.parent();
        parent.isPresent();
        parent = parent.get().parent()) {
      loops += parent.get().getKind() == Kind.COMPREHENSION ? 1 : 0;
    }
    return loops;
  }

  private static RuleFault at(CelAbstractSyntaxTree tree, CelExpr expression, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(expression.id());
    CelSourceLocation place =
        tree.getSource()
            .getOffsetLocation(offset == null ? 0 : offset)
            .orElse(CelSourceLocation.of(1, 0));
    return new RuleFault(place.getLine(), place.getColumn() + 1, message);
  }
}
