package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Words;
import dev.saferun.evaluator.texts.Work;
import java.util.HashSet;
import java.util.Set;

/**
 * All rows of three words that stand in some texts, so that how much of a long text is quoted from
 * them is told in one pass over it.
 */
final class Quotes {

  private static final int ROW_WORDS = 3;
  private static final double MOST = 0.8;

  private final Work work;
  private final Set<Long> rows = new HashSet<>();

  Quotes(TextIndex texts, Work work) {
    this.work = work;
    work.add(texts.words());
    for (int place = 0; place + ROW_WORDS <= texts.words(); place++) {
      if (texts.block(place).source().is(texts.block(place + ROW_WORDS - 1).source())) {
        rows.add(name(texts.name(place), texts.name(place + 1), texts.name(place + 2)));
      }
    }
  }

  private static long name(long first, long second, long third) {
    return (first * 31 + Long.rotateLeft(second, 21)) * 31 + Long.rotateLeft(third, 42);
  }

  /** Whether most words of a text stand in these texts, three in a row at least. */
  boolean areMostOf(Words words) {
    work.add(words.count());
    int quoted = 0;
    int quotedTo = 0;
    for (int word = 0; word + ROW_WORDS <= words.count(); word++) {
      if (rows.contains(name(words.name(word), words.name(word + 1), words.name(word + 2)))) {
        quoted += word + ROW_WORDS - Math.max(word, quotedTo);
        quotedTo = word + ROW_WORDS;
      }
    }
    return quoted >= MOST * words.count();
  }
}
