package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Explanation.Truth;
import java.util.List;

/**
 * A part of a condition that was evaluated on its own.
 *
 * @param error why it is unknown; empty where it is not
 * @param pieces what it connects
 */
record Piece(
    CheckedCondition condition,
    Condition compiled,
    Connective connective,
    Truth truth,
    String error,
    List<Piece> pieces) {}
