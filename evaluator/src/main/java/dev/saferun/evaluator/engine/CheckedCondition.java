package dev.saferun.evaluator.engine;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.Optional;

/** A condition, or a part of one, that may be taken: checked, and within the limits. */
record CheckedCondition(CelAbstractSyntaxTree tree, Map<String, Pattern> regexes) {

  /** A part of its syntax tree, as a condition of its own. */
  CheckedCondition part(CelExpr part) {
    return new CheckedCondition(
        CelAbstractSyntaxTree.newCheckedAst(
            part, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap()),
        regexes);
  }

  /** How it is written. */
  String text() {
    return CelUnparserFactory.newUnparser().unparse(tree);
  }

  /** Compiles to parts of our own where they can say it, which is nearly always. */
  Condition compile() throws CelEvaluationException {
    Optional<Condition> ours = ConditionCompiler.compile(tree, regexes);
    return ours.isPresent() ? ours.get() : plan();
  }

  /** Leaves all to CEL's own runtime: what the compiled parts are compared with. */
  Condition plan() throws CelEvaluationException {
    return new Condition(
        new Planned(Language.runtime(regexes).createProgram(tree)), Optional.empty());
  }
}
