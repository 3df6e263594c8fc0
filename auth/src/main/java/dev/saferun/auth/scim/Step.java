package dev.saferun.auth.scim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a request does to one attribute.
 *
 * @param choice which of the attribute's values; null where all are meant
 * @param value what is to be there; null where it is to be taken away
 * @param isNamed whether an operation named the attribute as its path; else it stood in a resource
 *     among others, which may hold what is not the directory's to say
 */
record Step(
    Op op, AttributePath path, @Nullable Filter choice, @Nullable Object value, boolean isNamed) {

  /** What an operation does. */
  enum Op {
    ADD,
    REPLACE,
    REMOVE;

    /** Directories write them in any case. */
    static Optional<Op> of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
          .findFirst();
    }
  }

  /** Whether nothing is left of the attribute after it. */
  boolean clears() {
    return op == Op.REMOVE || value == null;
  }
}
