package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Source;
import dev.saferun.evaluator.texts.Words;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that stand in what was asked and in what was read, the newest distinct ones: what an
 * agent may have counted with. Short ones are left out, for any number comes of them.
 */
final class KnownNumbers {

  static final int NUMBERS_MAX = 128;

  private final Map<BigDecimal, Place> places = new LinkedHashMap<>();

  /** Where a number stands. */
  record Place(BigDecimal number, Source source, int start, int end) {}

  /** Takes in the last numbers of a text. */
  void add(Source source, Words text) {
    Deque<Place> last = new ArrayDeque<>();
    for (int word = text.count() - 1; word >= 0 && last.size() < NUMBERS_MAX; word--) {
      BigDecimal number = text.number(word);
      if (number != null && Arithmetic.isLong(number)) {
        last.push(new Place(number.stripTrailingZeros(), source, text.start(word), text.end(word)));
      }
    }
    last.forEach(this::add);
  }

  private void add(Place place) {
    if (places.putIfAbsent(place.number(), place) == null && places.size() > NUMBERS_MAX) {
      places.remove(places.keySet().iterator().next());
    }
  }

  /** The newest, newest first. */
  List<Place> newest(int most) {
    List<Place> all = new ArrayList<>(places.values()).reversed();
    return all.subList(0, Math.min(most, all.size()));
  }
}
