package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.intent.KnownNumbers.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the two known numbers of which a number is the sum, the difference or the product. The more
 * digits a number has, the more known ones it is tried with: with as many as leave it to chance
 * once in {@link #CHANCES} numbers. Where two pairs fit, none is told.
 */
final class Arithmetic {

  private static final int DIGITS_MIN = 3;
  private static final double CHANCES = 50;

  /** Pairs that can be made of n numbers: n²/2 sums, as many products, n² differences. */
  private static final double WAYS = 2;

  private final KnownNumbers known;

  Arithmetic(KnownNumbers known) {
    this.known = known;
  }

  private record Pair(String form, Place first, Place second) {}

  /** Whether a number has digits enough to be told from others. */
  static boolean isLong(BigDecimal number) {
    return digits(number) >= DIGITS_MIN;
  }

  private static int digits(BigDecimal number) {
    return number.stripTrailingZeros().precision();
  }

  /** Empty where no pair gives the number, or more than one does. */
  Optional<Traced> trace(Argument argument, BigDecimal number) {
    return isLong(number)
        ? only(number.abs(), known.newest(operands(number))).map(pair -> traced(argument, pair))
        : Optional.empty();
  }

  private static int operands(BigDecimal number) {
    double most = Math.sqrt(Math.pow(10, digits(number)) / CHANCES / WAYS);
    return (int) Math.min(KnownNumbers.NUMBERS_MAX, most);
  }

  private static Optional<Pair> only(BigDecimal number, List<Place> operands) {
    Map<BigDecimal, Place> byNumber = new HashMap<>();
    operands.forEach(place -> byNumber.put(place.number(), place));
    Pair found = null;
    for (Place first : operands) {
      for (Pair pair : pairs(number, first, byNumber)) {
        if (found != null) {
          return Optional.empty();
        }
        found = pair;
      }
    }
    return Optional.ofNullable(found);
  }

  private static List<Pair> pairs(BigDecimal number, Place first, Map<BigDecimal, Place> byNumber) {
    BigDecimal operand = first.number();
    Place summand = byNumber.get(number.subtract(operand).stripTrailingZeros());
    Place less = byNumber.get(operand.subtract(number).stripTrailingZeros());
    Place factor = factor(number, operand, byNumber);
    return java.util.stream.Stream.of(
            ordered("sum", first, summand),
            less == null ? null : new Pair("difference", first, less),
            ordered("product", first, factor))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Place factor(
      BigDecimal number, BigDecimal operand, Map<BigDecimal, Place> byNumber) {
    if (operand.signum() == 0) {
      return null;
    }
    BigDecimal factor = number.divide(operand, MathContext.DECIMAL64).stripTrailingZeros();
    return factor.multiply(operand).compareTo(number) == 0 ? byNumber.get(factor) : null;
  }

  /** A pair whose order does not matter, once. */
  private static @Nullable Pair ordered(String form, Place first, @Nullable Place second) {
    return second != null && first.number().compareTo(second.number()) <= 0
        ? new Pair(form, first, second)
        : null;
  }

  private static Traced traced(Argument argument, Pair pair) {
    Origin one = pair.first.source().origin();
    Origin other = pair.second.source().origin();
    boolean asked = one.trust() == Origin.Trust.ASKED && other.trust() == Origin.Trust.ASKED;
    boolean firstIsWarier = one.warier(other) == one;
    Place shown = firstIsWarier ? pair.first : pair.second;
    Place second = firstIsWarier ? pair.second : pair.first;
    return new Traced(
        argument.pointer(),
        one.warier(other),
        pair.form,
        shown.source(),
        shown.start(),
        shown.end(),
        true,
        0,
        argument.recipient(),
        asked,
        List.of(),
        0,
        new TextPlace(
            second.source().frame(), second.source().pointer(), second.start(), second.end()));
  }
}
