package dev.saferun.evaluator.engine;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.compiler.CelCompiler;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads conditions and finds their types. CEL's checker declares all the functions of the language
 * anew for each condition, which takes ten times as long as the check; so a condition is checked by
 * a compiler that knows only the functions it calls. Faults are told by the one that knows all.
 */
final class TypeChecker {

  private static final int COMPILERS_MAX = 256;

  private final CelCompiler whole;
  private final Function<CelStandardDeclarations, CelCompiler> making;
  private final Map<Set<String>, CelCompiler> narrow = new ConcurrentHashMap<>();

  /**
   * @param whole knows the language with all its functions
   * @param making makes one that knows those standard functions and none else
   */
  TypeChecker(CelCompiler whole, Function<CelStandardDeclarations, CelCompiler> making) {
    this.whole = whole;
    this.making = making;
  }

  CelValidationResult check(String condition) {
    CelValidationResult parsed = whole.parse(condition);
    Optional<CelAbstractSyntaxTree> tree = tree(parsed);
    if (tree.isEmpty()) {
      return parsed;
    }
    CelValidationResult checked = compiler(tree.get()).check(tree.get());
    return checked.hasError() ? whole.check(tree.get()) : checked;
  }

  private static Optional<CelAbstractSyntaxTree> tree(CelValidationResult parsed) {
    try {
      return Optional.of(parsed.getAst());
    } catch (CelValidationException fault) {
      return Optional.empty();
    }
  }

  /** The one that knows no more than it must. */
  CelCompiler compiler(CelAbstractSyntaxTree tree) {
    Set<String> called = new HashSet<>();
    collectCalls(tree.getExpr(), called);
    if (!CelStandardDeclarations.getAllFunctionNames().containsAll(called)) {
      return whole;
    }
    CelCompiler known = narrow.get(called);
    return known == null ? remember(called) : known;
  }

  private CelCompiler remember(Set<String> called) {
    CelCompiler made =
        making.apply(
            CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) -> called.contains(function.functionName()))
                .build());
    if (narrow.size() < COMPILERS_MAX) {
      narrow.put(Set.copyOf(called), made);
    }
    return made;
  }

  private static void collectCalls(CelExpr part, Set<String> called) {
    switch (part.getKind()) {
      case CONSTANT, IDENT, NOT_SET -> {}
      case SELECT -> collectCalls(part.select().operand(), called);
      case CALL -> {
        called.add(part.call().function());
        part.call().target().ifPresent(target -> collectCalls(target, called));
        part.call().args().forEach(argument -> collectCalls(argument, called));
      }
      case LIST -> part.list().elements().forEach(element -> collectCalls(element, called));
      case STRUCT -> part.struct().entries().forEach(entry -> collectCalls(entry.value(), called));
      case MAP ->
          part.map()
              .entries()
              .forEach(
                  entry -> {
                    collectCalls(entry.key(), called);
                    collectCalls(entry.value(), called);
                  });
      case COMPREHENSION -> {
        CelExpr.CelComprehension loop = part.comprehension();
        collectCalls(loop.iterRange(), called);
        collectCalls(loop.accuInit(), called);
        collectCalls(loop.loopCondition(), called);
        collectCalls(loop.loopStep(), called);
        collectCalls(loop.result(), called);
      }
    }
  }
}
