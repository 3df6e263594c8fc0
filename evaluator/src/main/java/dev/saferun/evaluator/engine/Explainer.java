package dev.saferun.evaluator.engine;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.saferun.evaluator.Explanation.Part;
import dev.saferun.evaluator.Explanation.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Takes a condition apart and evaluates each part on its own, by the code that decides. The parts
 * are what {@code &&}, {@code ||}, {@code !} and {@code ?:} connect; what is below those reads the
 * request and is not taken apart further.
 */
final class Explainer {

  private final Inputs inputs;
  private final ReadPlaces places;

  Explainer(Inputs inputs) {
    this.inputs = inputs;
    this.places = new ReadPlaces(inputs);
  }

  Part explain(CheckedCondition condition) {
    Piece whole = piece(condition);
    Set<Piece> deciding = Collections.newSetFromMap(new IdentityHashMap<>());
    deciding.addAll(DecidingSet.of(whole));
    return part(whole, deciding);
  }

  private Piece piece(CheckedCondition condition) {
    CelExpr expression = condition.tree().getExpr();
    Connective connective = Connective.of(expression);
    List<Piece> pieces = new ArrayList<>();
    for (CelExpr connected : connective.parts(expression)) {
      pieces.add(piece(condition.part(connected)));
    }
    Condition compiled = compiled(condition);
    return switch (compiled.evaluate(inputs)) {
      case Condition.Outcome.Held held ->
          new Piece(condition, compiled, connective, Truth.TRUE, "", pieces);
      case Condition.Outcome.DidNotHold nothing ->
          new Piece(condition, compiled, connective, Truth.FALSE, "", pieces);
      case Condition.Outcome.Failed failed ->
          new Piece(condition, compiled, connective, Truth.UNKNOWN, failed.error().wire(), pieces);
      case Condition.Outcome.Undecidable open ->
          new Piece(
              condition,
              compiled,
              connective,
              Truth.UNKNOWN,
              RuleError.UNKNOWN_VALUE.wire(),
              pieces);
    };
  }

  private static Condition compiled(CheckedCondition condition) {
    try {
      return condition.compile();
    } catch (CelEvaluationException fault) {
      throw new IllegalStateException("the whole was compiled, so each part can be", fault);
    }
  }

  private Part part(Piece piece, Set<Piece> deciding) {
    return new Part(
        piece.condition().text(),
        piece.truth(),
        piece.error(),
        decides(piece, deciding),
        piece.compiled().settledAt(inputs),
        piece.pieces().isEmpty() ? places.in(piece.condition()) : List.of(),
        piece.pieces().stream().map(one -> part(one, deciding)).toList());
  }

  private static boolean decides(Piece piece, Set<Piece> deciding) {
    return deciding.contains(piece)
        || piece.pieces().stream().anyMatch(one -> decides(one, deciding));
  }
}
