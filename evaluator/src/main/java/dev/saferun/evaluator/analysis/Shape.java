package dev.saferun.evaluator.analysis;

import dev.saferun.evaluator.engine.Language;
import java.util.Optional;
import java.util.Set;

/**
 * What a condition comes to: constants folded, the parts of {@code &&} and {@code ||} in one order
 * and without doubles. Conditions of the same text say the same; the reverse does not hold.
 *
 * @param constant the value that it always has, unless it fails
 * @param conjuncts the parts that must all hold; the whole where there is one
 * @param disjuncts the parts of which one must hold; the whole where there is one
 */
public record Shape(
    String text, Optional<Boolean> constant, Set<String> conjuncts, Set<String> disjuncts) {

  public Shape {
    conjuncts = Set.copyOf(conjuncts);
    disjuncts = Set.copyOf(disjuncts);
  }

  /** A condition that cannot be read is like no other. */
  public static Shape of(String condition) {
    return Language.read(condition)
        .map(tree -> new NormalForm().shape(tree))
        .orElseGet(
            () -> new Shape(condition, Optional.empty(), Set.of(condition), Set.of(condition)));
  }

  /** Whether the other holds wherever this one does, as far as the two texts tell. */
  public boolean implies(Shape other) {
    return text.equals(other.text)
        || conjuncts.containsAll(other.conjuncts)
        || other.disjuncts.containsAll(disjuncts);
  }
}
