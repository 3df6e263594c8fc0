package dev.saferun.evaluator.history;

import dev.saferun.evaluator.HistoryLimits;
import dev.saferun.evaluator.Unknown;
import dev.saferun.evaluator.texts.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values out of a call's arguments, in the form in which values are the same thing. A
 * text of many words is prose, which is new each time: it is no value here, as an empty one is
 * none.
 */
final class Values {

  private static final int WORDS_MAX = 8;
  private static final int CHARACTERS_MAX = 256;
  private static final long YES = 1;
  private static final long NO = 2;

  private final Words words = new Words();
  private List<Value> found = List.of();

  List<Value> of(Map<String, @Nullable Object> arguments) {
    found = new ArrayList<>();
    walk("", "", arguments);
    return found;
  }

  private void walk(String argument, String pointer, @Nullable Object value) {
    if (found.size() == HistoryLimits.VALUES_OF_CALL_MAX) {
      return;
    }
    switch (value) {
      case Map<?, ?> object ->
          object.forEach(
              (name, member) -> {
                String below = "/" + escaped(String.valueOf(name));
                walk(argument + below, pointer + below, member);
              });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          walk(argument, pointer + "/" + i, list.get(i));
        }
      }
      case Boolean flag -> found.add(new Value(argument, pointer, flag ? YES : NO, 0));
      case Number number -> number(argument, pointer, number);
      case String text -> text(argument, pointer, text);
      case Unknown hidden -> found.add(new Value(argument, pointer, Recent.HIDDEN, 0));
      case null -> {}
      default -> {}
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void number(String argument, String pointer, Number number) {
    words.read(number);
    double amount = number.doubleValue();
    found.add(new Value(argument, pointer, amount < 0 ? ~name() : name(), Math.max(0, amount)));
  }

  private void text(String argument, String pointer, String text) {
    if (text.length() <= CHARACTERS_MAX) {
      words.read(text);
      if (words.count() > 0 && words.count() <= WORDS_MAX) {
        found.add(new Value(argument, pointer, name(), amount()));
      }
    }
  }

  /** The number that a text is, as some tools take them. */
  private double amount() {
    BigDecimal number = words.count() == 1 && words.start(0) == 0 ? words.number(0) : null;
    return number == null ? 0 : number.doubleValue();
  }

  /** Of all words that were read in their order; never {@link Recent#HIDDEN}. */
  private long name() {
    long name = words.count();
    for (int word = 0; word < words.count(); word++) {
      name = (name ^ words.name(word)) * 0xff51afd7ed558ccdL;
      name ^= name >>> 32;
    }
    return name == Recent.HIDDEN ? 1 : name;
  }
}
