package dev.saferun.evaluator.engine;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import dev.saferun.evaluator.Explanation.Read;
import dev.saferun.evaluator.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds the places of the request and the run that a part of a condition reads, and reads them. */
final class ReadPlaces {

  private final Inputs inputs;

  ReadPlaces(Inputs inputs) {
    this.inputs = inputs;
  }

  List<Read> in(CheckedCondition condition) {
    Map<String, Read> reads = new LinkedHashMap<>();
    for (CelExpr place : places(condition.tree().getExpr())) {
      CheckedCondition part = condition.part(place);
      reads.computeIfAbsent(part.text(), path -> read(path, part));
    }
    return List.copyOf(reads.values());
  }

  private static List<CelExpr> places(CelExpr expression) {
    List<CelExpr> found = new ArrayList<>();
    collect(expression, found);
    return found;
  }

  private static void collect(CelExpr expression, List<CelExpr> found) {
    if (isPlace(expression)) {
      found.add(withoutTest(expression));
      return;
    }
    switch (expression.getKind()) {
      case SELECT -> collect(expression.select().operand(), found);
      case CALL -> {
        expression.call().target().ifPresent(target -> collect(target, found));
        expression.call().args().forEach(argument -> collect(argument, found));
      }
      case LIST -> expression.list().elements().forEach(element -> collect(element, found));
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    collect(entry.key(), found);
                    collect(entry.value(), found);
                  });
      case COMPREHENSION -> {
        collect(expression.comprehension().iterRange(), found);
        collect(expression.comprehension().loopStep(), found);
      }
      case CONSTANT, IDENT, STRUCT, NOT_SET -> {}
    }
  }

  /** A chain of fields, keys and places below a variable of the vocabulary. */
  private static boolean isPlace(CelExpr expression) {
    return switch (expression.getKind()) {
      case SELECT -> isRoot(expression.select().operand());
      case CALL ->
          expression.call().function().equals("_[_]")
              && expression.call().args().get(1).getKind() == Kind.CONSTANT
              && isRoot(expression.call().args().getFirst());
      default -> false;
    };
  }

  private static boolean isRoot(CelExpr expression) {
    return expression.getKind() == Kind.IDENT
        ? Vocabulary.VARIABLES.containsKey(expression.ident().name())
        : isPlace(expression);
  }

  /** {@code has(a.b)} reads {@code a.b}. */
  private static CelExpr withoutTest(CelExpr place) {
    if (place.getKind() != Kind.SELECT || !place.select().testOnly()) {
      return place;
    }
    return CelExpr.ofSelect(0, place.select().operand(), place.select().field(), false);
  }

  private Read read(String path, CheckedCondition place) {
    try {
      return of(path, place.compile().value(inputs));
    } catch (RuleFailure failure) {
      return new Read(path, null, OptionalInt.empty(), failure.error().wire());
    } catch (CelEvaluationException fault) {
      throw new IllegalStateException("the whole was compiled, so each part can be", fault);
    }
  }

  private static Read of(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Read(path, null, OptionalInt.of(map.size()), null);
    }
    if (value instanceof List<?> list) {
      return new Read(path, null, OptionalInt.of(list.size()), null);
    }
    if (value instanceof String text && text.length() > Limits.EXPLAINED_CHARACTERS_MAX) {
      return new Read(path, beginning(text), OptionalInt.of(text.length()), null);
    }
    return new Read(path, value, OptionalInt.empty(), null);
  }

  private static String beginning(String text) {
    int end = Limits.EXPLAINED_CHARACTERS_MAX;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }
}
