package dev.saferun.auth.scim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A filter as it was parsed (RFC 7644, 3.4.2.2). */
sealed interface Filter {

  /**
   * An attribute beside a value.
   *
   * @param value a text, a truth, a number or null; null too where the operator has none
   */
  record Comparison(AttributePath path, Operator operator, @Nullable Object value)
      implements Filter {}

  record Both(Filter one, Filter other) implements Filter {}

  record Either(Filter one, Filter other) implements Filter {}

  record Not(Filter inner) implements Filter {}

  /** One value of an attribute that has several: {@code emails[type eq "work"]}. */
  record ValuePath(AttributePath path, Filter inner) implements Filter {}

  /** How an attribute is compared. */
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE,
    PR;

    static Optional<Operator> of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }
}
