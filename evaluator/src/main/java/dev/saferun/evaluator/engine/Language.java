package dev.saferun.evaluator.engine;

import com.google.re2j.Pattern;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.RuleFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a condition may say: CEL with its standard macros and functions, {@code math.*}, and those
 * text functions whose result is never larger than what they are given. There is no clock and no
 * chance in it.
 */
public final class Language {

  /** A condition compiled, or every reason why not. */
  sealed interface Result {

    /** It can run. */
    record Compiled(Condition condition) implements Result {}

    /** It cannot be taken. */
    record Refused(List<RuleFault> faults) implements Result {}
  }

  private static final List<RuleFault> UNCOMPILABLE =
      List.of(new RuleFault(0, 0, "the condition cannot be compiled"));

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .errorOnIntWrap(true)
          .populateMacroCalls(true)
          .comprehensionMaxIterations(Limits.ITERATIONS_MAX)
          .maxExpressionCodePointSize(Limits.CONDITION_CHARACTERS_MAX)
          .maxParseRecursionDepth(Limits.CONDITION_DEPTH_MAX)
          .build();

  /** Not among them: replace, join, split, quote, whose results can outgrow their inputs. */
  private static final CelStringExtensions TEXT =
      CelExtensions.strings(
          Function.CHAR_AT,
          Function.INDEX_OF,
          Function.LAST_INDEX_OF,
          Function.LOWER_ASCII,
          Function.UPPER_ASCII,
          Function.SUBSTRING,
          Function.TRIM);

  /** Takes whatever an argument can be. */
  private static final CelFunctionDecl ORIGIN =
      CelFunctionDecl.newFunctionDeclaration(
          Origins.FUNCTION,
          CelOverloadDecl.newGlobalOverload("origin_dyn", SimpleType.STRING, SimpleType.DYN));

  private static final CelMathExtensions MATH = CelExtensions.math();

  /** Knows the whole language. */
  static final CelCompiler COMPILER =
      compiler()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(TEXT, MATH)
          .build();

  /** Checks as it does, and faster. */
  static final TypeChecker TYPES = new TypeChecker(COMPILER, Language::narrowCompiler);

  /** For the conditions without regular expressions, which are most. */
  private static final CelRuntime RUNTIME = newRuntime(Map.of());

  private Language() {}

  private static CelCompilerBuilder compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setTypeProvider(new Vocabulary());
    Vocabulary.VARIABLES.forEach(builder::addVar);
    return builder.addFunctionDeclarations(ORIGIN);
  }

  private static CelCompiler narrowCompiler(CelStandardDeclarations functions) {
    return compiler()
        .setStandardEnvironmentEnabled(false)
        .setStandardDeclarations(functions)
        .build();
  }

  /** The faults of a condition; none if it can be taken. */
  public static List<RuleFault> check(String condition) {
    return switch (compile(condition)) {
      case Result.Compiled compiled -> List.of();
      case Result.Refused refused -> refused.faults();
    };
  }

  /**
   * The syntax tree of a condition, its macros expanded, for those who compare conditions; empty
   * where it cannot be read.
   */
  public static Optional<CelExpr> read(String condition) {
    try {
      return Optional.of(COMPILER.parse(condition).getAst().getExpr());
    } catch (CelValidationException fault) {
      return Optional.empty();
    }
  }

  static Result compile(String condition) {
    return compile(condition, CheckedCondition::compile);
  }

  /** Leaves all to CEL's own runtime: what the compiled parts are compared with. */
  static Result plan(String condition) {
    return compile(condition, CheckedCondition::plan);
  }

  private interface Making {
    Condition of(CheckedCondition checked) throws CelEvaluationException;
  }

  private static Result compile(String condition, Making making) {
    try {
      return new Result.Compiled(making.of(checked(condition)));
    } catch (Refusal refusal) {
      return new Result.Refused(refusal.faults);
    } catch (CelEvaluationException fault) {
      return new Result.Refused(UNCOMPILABLE);
    }
  }

  /** A condition that cannot be taken. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RuleFault> faults;

    Refusal(List<RuleFault> faults) {
      super(null, null, false, false);
      this.faults = faults;
    }
  }

  /** The condition with its types, held against every limit. */
  static CheckedCondition checked(String condition) throws Refusal {
    CelValidationResult result = TYPES.check(condition);
    if (result.hasError()) {
      throw new Refusal(result.getErrors().stream().map(Language::fault).toList());
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      SyntaxLimits limits = SyntaxLimits.of(tree);
      if (!tree.getResultType().equals(SimpleType.BOOL)) {
        limits.refuse(
            tree.getExpr(), "the condition must be true or false; compare it, for example == true");
      }
      if (!limits.faults().isEmpty()) {
        throw new Refusal(limits.faults());
      }
      return new CheckedCondition(tree, limits.regexes());
    } catch (CelValidationException fault) {
      throw new Refusal(UNCOMPILABLE);
    }
  }

  private static RuleFault fault(CelIssue issue) {
    return new RuleFault(
        issue.getSourceLocation().getLine(),
        issue.getSourceLocation().getColumn() + 1,
        issue.getMessage());
  }

  static CelRuntime runtime(Map<String, Pattern> regexes) {
    return regexes.isEmpty() ? RUNTIME : newRuntime(regexes);
  }

  /**
   * A runtime whose {@code matches} knows the condition's own expressions, so that none is compiled
   * while a rule runs.
   */
  @SuppressWarnings("Immutable") // Patterns never change; they only are not marked so.
  private static CelRuntime newRuntime(Map<String, Pattern> regexes) {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .setTypeProvider(new Vocabulary())
        .setStandardFunctions(
            CelStandardFunctions.newBuilder().excludeFunctions(StandardFunction.MATCHES).build())
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                "matches",
                CelFunctionBinding.from(
                    "matches",
                    String.class,
                    String.class,
                    (text, regex) -> find(regexes, regex, text)),
                CelFunctionBinding.from(
                    "matches_string",
                    String.class,
                    String.class,
                    (text, regex) -> find(regexes, regex, text))))
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                Origins.FUNCTION,
                CelFunctionBinding.from(
                    "origin_dyn", Object.class, value -> Origins.of(value, Inputs.now()))))
        .addLibraries(TEXT, MATH)
        .build();
  }

  private static boolean find(Map<String, Pattern> regexes, String regex, String text) {
    Pattern pattern = regexes.get(regex);
    if (pattern == null) {
      throw RuleFailure.of(RuleError.OTHER);
    }
    Inputs.current().search(text);
    return pattern.matcher(text).find();
  }
}
