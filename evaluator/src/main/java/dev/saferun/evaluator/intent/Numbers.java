package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Words;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for a number: as it is, as a hundred times as much or a hundredth (cents, per cent), in
 * thousands, inside a longer word, and as what comes of two numbers that the run has seen.
 */
final class Numbers {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int AMOUNT_CHARACTERS_MAX = 32;
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?:([a-z]{3}) )?[$\u20ac\u00a3\u00a5]? ?([0-9][0-9.,]*)(k)?(?: ?([a-z%]{1,7}))?");
  private static final Set<String> UNITS =
      Set.of(
          "usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "cad", "aud", "dollar", "dollars",
          "euro", "euros", "pound", "pounds", "cent", "cents", "percent", "%");

  private final Search search;
  private final Arithmetic arithmetic;
  private final Words words = new Words();

  Numbers(Search search, KnownNumbers known) {
    this.search = search;
    this.arithmetic = new Arithmetic(known);
  }

  /** A number without exponent or trailing zeros. */
  Traced trace(Argument argument, String plain) {
    Traced whole = search.text(argument, plain, Tracer.EXACT);
    if (whole.isFound() || plain.length() < 2) {
      return whole;
    }
    BigDecimal number = new BigDecimal(plain);
    Traced found = search.text(argument, Words.plain(number.divide(HUNDRED)), "hundredfold");
    if (!found.isFound()) {
      found = search.text(argument, Words.plain(number.multiply(HUNDRED)), "hundredth");
    }
    if (!found.isFound()) {
      found = thousands(argument, number, whole);
    }
    if (!found.isFound()) {
      found = search.piece(argument, plain);
    }
    if (!found.isFound()) {
      found = arithmetic.trace(argument, number).orElse(whole);
    }
    return found.isFound() ? found : whole;
  }

  /** 4500 may stand as 4.5k. */
  private Traced thousands(Argument argument, BigDecimal number, Traced otherwise) {
    BigDecimal thousands = number.movePointLeft(3).stripTrailingZeros();
    return number.abs().compareTo(BigDecimal.valueOf(1_000)) >= 0 && thousands.scale() <= 1
        ? search.text(argument, thousands.toPlainString() + "k", "thousands")
        : otherwise;
  }

  /** A text that is a number and what it counts; empty where it is not, or is not found. */
  Optional<Traced> amount(Argument argument, String text) {
    Matcher amount = AMOUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (text.length() > AMOUNT_CHARACTERS_MAX
        || !amount.matches()
        || !isUnit(amount.group(1))
        || !isUnit(amount.group(4))) {
      return Optional.empty();
    }
    words.read(amount.group(2));
    BigDecimal number = words.count() == 1 ? words.number(0) : null;
    if (number == null) {
      return Optional.empty();
    }
    BigDecimal whole = amount.group(3) == null ? number : number.movePointRight(3);
    Traced found = trace(argument, Words.plain(whole));
    return found.isFound()
        ? Optional.of(found.form().equals(Tracer.EXACT) ? found.in("number") : found)
        : Optional.empty();
  }

  private static boolean isUnit(@org.jspecify.annotations.Nullable String unit) {
    return unit == null || UNITS.contains(unit);
  }
}
