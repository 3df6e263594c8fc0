package dev.saferun.evaluator.texts;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The long numbers inside words that are not numbers themselves: the 48213 of {@code ord48213x}.
 * The first place of each is kept. Shorter ones are not: in a text full of random names any of them
 * stands somewhere.
 */
final class Pieces {

  private static final int DIGITS_MIN = 5;

  private final Map<Long, TextIndex.Piece> firsts = new HashMap<>();

  /** Takes note of the numbers in a word that stands at a place. */
  void add(Words text, int word, int place) {
    int end = text.end(word);
    if (text.isNumber(word) || end - text.start(word) <= DIGITS_MIN) {
      return;
    }
    int at = text.start(word);
    while (at < end) {
      int from = at;
      while (at < end && isDigit(text.text().charAt(at))) {
        at++;
      }
      if (at - from >= DIGITS_MIN) {
        firsts.putIfAbsent(
            Names.of(withoutZeros(text.text(), from, at)), new TextIndex.Piece(place, from, at));
      }
      at++;
    }
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  /** As the same number is named where it stands alone. */
  private static String withoutZeros(String text, int start, int end) {
    int from = start;
    while (from < end - 1 && text.charAt(from) == '0') {
      from++;
    }
    return text.substring(from, end);
  }

  TextIndex.@Nullable Piece get(long name) {
    return firsts.get(name);
  }

  /** Forgets the pieces of the first words; the others move up. */
  void dropBefore(int place) {
    firsts.values().removeIf(piece -> piece.place() < place);
    firsts.replaceAll(
        (name, piece) -> new TextIndex.Piece(piece.place() - place, piece.start(), piece.end()));
  }
}
