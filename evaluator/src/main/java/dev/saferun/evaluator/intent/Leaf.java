package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a tree that is no object, with all that it takes to compare it: worked out once, for
 * it is compared with many.
 *
 * @param name its last name
 * @param stem what it is called, without the unit
 * @param cents how many of the smallest unit its unit is; null where its name tells none
 * @param number null where it is none
 * @param hundredfold a hundred times the number; null where it is none, or zero
 * @param isPlain whether it is put the same way each time, as prose is not
 */
record Leaf(
    Pointer pointer,
    String name,
    String stem,
    @Nullable Integer cents,
    @Nullable Object value,
    @Nullable BigDecimal number,
    @Nullable BigDecimal hundredfold,
    boolean isPlain) {

  /** Values of one tree; what comes after them is not compared. */
  static final int LEAVES_MAX = 256;

  private static final Map<String, Integer> CENTS_BY_UNIT =
      Map.of("cents", 1, "usd", 100, "eur", 100, "dollars", 100, "euros", 100);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Longer ones are no names: they are compared as they are. */
  private static final int NAME_CHARACTERS_MAX = 256;

  /** The first values of a tree, objects taken apart. */
  static List<Leaf> of(@Nullable Object tree) {
    List<Leaf> leaves = new ArrayList<>();
    collect(Pointer.of(""), "", tree, leaves);
    return leaves;
  }

  private static void collect(
      Pointer pointer, String name, @Nullable Object tree, List<Leaf> leaves) {
    if (tree instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        if (leaves.size() == LEAVES_MAX) {
          return;
        }
        String key = String.valueOf(member.getKey());
        collect(pointer.member(key), key, member.getValue(), leaves);
      }
    } else if (pointer.parent() != null) {
      leaves.add(of(pointer, name, tree));
    }
  }

  private static Leaf of(Pointer pointer, String name, @Nullable Object value) {
    String words = words(name);
    int last = words.lastIndexOf('_');
    Integer cents = CENTS_BY_UNIT.get(words.substring(last + 1));
    String stem = last > 0 && cents != null ? words.substring(0, last) : words;
    BigDecimal number = value instanceof Number one ? new BigDecimal(one.toString()) : null;
    return new Leaf(
        pointer,
        name,
        stem,
        cents,
        value,
        number == null ? null : canonical(number),
        number == null || number.signum() == 0 ? null : canonical(number.multiply(HUNDRED)),
        !(value instanceof List) && !(value instanceof String text && text.contains(" ")));
  }

  private static BigDecimal canonical(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /** A name's words in lower case, between underscores. */
  static String words(String text) {
    return text.length() > NAME_CHARACTERS_MAX
        ? text
        : text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_|_$", "");
  }

  /** What is equal where the values are, units aside. */
  @Nullable Object plain() {
    return number != null
        ? number
        : value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  /** The same in the smallest unit; null where it is no number with a unit. */
  @Nullable Object inCents() {
    return number == null || cents == null
        ? null
        : canonical(number.multiply(BigDecimal.valueOf(cents)));
  }
}
