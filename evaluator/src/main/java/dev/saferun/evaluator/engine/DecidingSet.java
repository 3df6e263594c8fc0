package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Explanation.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fewest unconnected parts whose values settle a condition, whatever the other parts were: of a
 * false {@code a && b} one false part, of a true one both. Counted by places in the condition: a
 * part that is written twice is two.
 */
final class DecidingSet {

  private static final Set<Truth> TRUE = Set.of(Truth.TRUE);
  private static final Set<Truth> FALSE = Set.of(Truth.FALSE);
  private static final Set<Truth> UNKNOWN = Set.of(Truth.UNKNOWN);
  private static final Set<Truth> NOT_FALSE = Set.of(Truth.TRUE, Truth.UNKNOWN);
  private static final Set<Truth> NOT_TRUE = Set.of(Truth.FALSE, Truth.UNKNOWN);

  private static final Map<Set<Truth>, Set<Truth>> NEGATED =
      Map.of(TRUE, FALSE, FALSE, TRUE, NOT_FALSE, NOT_TRUE, NOT_TRUE, NOT_FALSE);

  private DecidingSet() {}

  static List<Piece> of(Piece piece) {
    return ensuring(piece, Set.of(piece.truth()));
  }

  /** The fewest that keep the piece among those values, of which its own is one. */
  private static List<Piece> ensuring(Piece piece, Set<Truth> wanted) {
    return switch (piece.connective()) {
      case NONE -> List.of(piece);
      case NOT -> ensuring(piece.pieces().getFirst(), NEGATED.getOrDefault(wanted, wanted));
      case AND -> connected(piece.pieces(), wanted, FALSE);
      case OR -> connected(piece.pieces(), wanted, TRUE);
      case CHOICE -> choice(piece.pieces(), wanted);
    };
  }

  /** One part of the settling value is enough for the whole to have it. */
  private static List<Piece> connected(List<Piece> pieces, Set<Truth> wanted, Set<Truth> settling) {
    if (wanted.containsAll(settling)) {
      return fewest(pieces.stream().map(one -> all(List.of(one), wanted)).toList(), pieces);
    }
    if (!wanted.equals(UNKNOWN)) {
      return fewest(List.of(all(pieces, wanted)), pieces);
    }
    Set<Truth> unsettling = settling.equals(FALSE) ? NOT_FALSE : NOT_TRUE;
    List<Optional<List<Piece>>> candidates = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      List<Piece> others = new ArrayList<>(pieces);
      Piece unknown = others.remove(i);
      candidates.add(both(all(List.of(unknown), UNKNOWN), all(others, unsettling)));
    }
    return fewest(candidates, pieces);
  }

  private static List<Piece> choice(List<Piece> pieces, Set<Truth> wanted) {
    Piece asked = pieces.get(0);
    Piece whenTrue = pieces.get(1);
    Piece whenFalse = pieces.get(2);
    List<Optional<List<Piece>>> candidates = new ArrayList<>();
    candidates.add(both(all(List.of(asked), TRUE), all(List.of(whenTrue), wanted)));
    candidates.add(both(all(List.of(asked), FALSE), all(List.of(whenFalse), wanted)));
    if (wanted.contains(Truth.UNKNOWN)) {
      candidates.add(all(List.of(asked), UNKNOWN));
      candidates.add(both(all(List.of(asked), NOT_FALSE), all(List.of(whenTrue), wanted)));
      candidates.add(both(all(List.of(asked), NOT_TRUE), all(List.of(whenFalse), wanted)));
      candidates.add(all(List.of(whenTrue, whenFalse), wanted));
    }
    return fewest(candidates, pieces);
  }

  /** The fewest that keep each of the pieces among those values; empty where one is not. */
  private static Optional<List<Piece>> all(List<Piece> pieces, Set<Truth> wanted) {
    List<Piece> all = new ArrayList<>();
    for (Piece piece : pieces) {
      if (!wanted.contains(piece.truth())) {
        return Optional.empty();
      }
      all.addAll(ensuring(piece, wanted));
    }
    return Optional.of(all);
  }

  private static Optional<List<Piece>> both(
      Optional<List<Piece>> one, Optional<List<Piece>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    List<Piece> both = new ArrayList<>(one.get());
    both.addAll(other.get());
    return Optional.of(both);
  }

  /**
   * The smallest candidate. There is none where the parts do not tell, as when only the whole used
   * up its step budget: then it takes them all.
   */
  private static List<Piece> fewest(List<Optional<List<Piece>>> candidates, List<Piece> pieces) {
    return candidates.stream()
        .flatMap(Optional::stream)
        .min(Comparator.comparingInt(List::size))
        .orElseGet(() -> pieces.stream().flatMap(one -> of(one).stream()).toList());
  }
}
