package dev.saferun.evaluator.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks first: whether a value of the call is one of some literals. Where it is
 * none of them the whole condition is false, whatever else it says, so that the index need not run
 * it at all.
 *
 * @param path the value as the condition writes it, which is the same for the same value
 * @param value reads it
 * @param keys the {@link #key}s of the literals
 */
record Equality(String path, Node value, Set<Object> keys) {

  /** The keys of literals, none of which is a list or a map. */
  static Set<Object> keys(List<?> literals) {
    Set<Object> keys = new HashSet<>();
    for (Object literal : literals) {
      keys.add(Objects.requireNonNull(key(literal)));
    }
    return Set.copyOf(keys);
  }

  /**
   * What is equal in a condition is equal here: 1 and 1.0 are one key. Null where a value equals no
   * literal, since none is a list or a map, and no number is NaN.
   */
  static @Nullable Object key(@Nullable Object value) {
    return switch (value) {
      case null -> Null.NULL;
      case Double number ->
          (double) number.longValue() == number ? (Object) number.longValue() : number;
      case Long whole -> whole;
      case String text -> text;
      case Boolean truth -> truth;
      default -> null;
    };
  }

  private enum Null {
    NULL
  }
}
