package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Source;
import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Words;
import dev.saferun.evaluator.texts.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for words in a row in the texts of a run. What was asked for goes before all else, then
 * what came first.
 */
final class Search {

  private static final int BLOCKS_MAX = 32;
  private static final int STRONG_CHARACTERS_MAX = 2_048;

  // What is looked for anywhere in a text must not try each beginning of a long run of letters.
  private static final Pattern STRONG = Pattern.compile("[@/\\\\]|\\w\\.\\w|\\d{4}|[A-Z]\\d");

  private final TextIndex askedTexts;
  private final TextIndex madeTexts;
  private final TextIndex seenTexts;
  private final Work work;
  private final Words words = new Words();

  Search(Library library) {
    askedTexts = library.askedTexts;
    madeTexts = library.madeTexts;
    seenTexts = library.seenTexts;
    work = library.work;
  }

  /** A text of an argument's, in the form that is named. */
  Traced text(Argument argument, String text, String form) {
    work.addText(text);
    words.read(text);
    return words.count() == 0
        ? nowhere(argument, form, false, 0)
        : row(argument, words, 0, words.count(), text, form);
  }

  /**
   * The words of a row from {@code from} to {@code to}.
   *
   * @param text what tells how surely these words are the same thing
   */
  Traced row(Argument argument, Words row, int from, int to, String text, String form) {
    int count = to - from;
    boolean specific = count > 1 || row.end(from) - row.start(from) > 2;
    Place asked = new Place(askedTexts, row, from, to);
    if (asked.isFound()) {
      return found(argument, form, asked, specific, 0, true, List.of(), 0);
    }
    Place seen = new Place(seenTexts, row, from, to);
    Place made = new Place(madeTexts, row, from, to);
    boolean strong = STRONG.matcher(beginning(text)).find();
    double strength = strong && (count > 1 || hasDigit(text)) ? 1 : count > 1 ? 0.9 : 0.4;
    if (seen.isFound()) {
      Place first = made.isFound() && made.order() < seen.order() ? made : seen;
      return found(argument, form, first, specific, strength, false, seen.blocks, seen.steer);
    }
    return made.isFound()
        ? found(argument, form, made, specific, strength, false, List.of(), 0)
        : nowhere(argument, form, specific, strength);
  }

  /** A number that stands inside a longer word. */
  Traced piece(Argument argument, String number) {
    words.read(number);
    if (words.count() == 1) {
      for (TextIndex index : List.of(askedTexts, seenTexts, madeTexts)) {
        TextIndex.Piece piece = index.piece(words.name(0));
        if (piece != null) {
          boolean asked = index == askedTexts;
          Place place = new Place(index.block(piece.place()), piece.start(), piece.end());
          List<Block> seen = index == seenTexts ? place.blocks : List.of();
          double steer = index == seenTexts ? place.steer : 0;
          return found(argument, Tracer.PART, place, true, asked ? 0 : 1, asked, seen, steer);
        }
      }
    }
    return nowhere(argument, Tracer.EXACT, true, 1);
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), STRONG_CHARACTERS_MAX));
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(letter -> letter >= '0' && letter <= '9');
  }

  private static Traced nowhere(Argument argument, String form, boolean specific, double strength) {
    return new Traced(
        argument.pointer(),
        Origin.NOWHERE,
        form,
        null,
        0,
        0,
        specific,
        strength,
        argument.recipient(),
        false,
        List.of(),
        0,
        null);
  }

  private static Traced found(
      Argument argument,
      String form,
      Place place,
      boolean specific,
      double strength,
      boolean asked,
      List<Block> seen,
      double steer) {
    Source source = place.source();
    return new Traced(
        argument.pointer(),
        source.origin(),
        form,
        source,
        place.start,
        place.end,
        specific,
        strength,
        argument.recipient(),
        asked,
        seen,
        steer,
        null);
  }

  /** Where a row stands in one index: first of all, and in which blocks. */
  private final class Place {

    private final List<Block> blocks = new ArrayList<>();
    private double steer = 1;
    private @Nullable Source source;
    private int start;
    private int end;

    Place(TextIndex index, Words row, int from, int to) {
      work.add(index.find(row, from, to, place -> add(index, place, to - from)));
    }

    Place(Block block, int start, int end) {
      take(block);
      this.start = start;
      this.end = end;
    }

    private void add(TextIndex index, int place, int count) {
      take(index.block(place));
      start = index.start(place);
      end = index.end(place + count - 1);
    }

    private void take(Block block) {
      source = block.source();
      steer = Math.min(steer, block.source().steer());
      if (blocks.size() < BLOCKS_MAX
          && (blocks.isEmpty() || blocks.getLast().index() != block.index())) {
        blocks.add(block);
      }
    }

    boolean isFound() {
      return source != null;
    }

    Source source() {
      return Objects.requireNonNull(source);
    }

    int order() {
      return source().order();
    }
  }
}
