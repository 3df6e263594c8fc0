package dev.saferun.evaluator.texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts of one trust class, as the words that stand in them: where some words stand in a row is
 * found without going through the texts. Bounded in words; {@link #isWhole} says whether something
 * had to be left out.
 */
public final class TextIndex {

  private static final int NONE = -1;
  private static final int FIRST_SIZE = 64;

  /** Places of one word that a search looks at; further ones are older. */
  private static final int PLACES_MAX = 256;

  /** Words that one search compares before it looks at no older place. */
  private static final int SEARCH_STEPS_MAX = 16_384;

  private static final Pattern SPECIFIC =
      Pattern.compile("\\w@\\w|\\w\\.\\w+/|www\\.|https?:|[A-Z]\\d{2}|\\d{5}");

  private final int wordsMax;
  private final boolean keepsOldest;
  private final Lexicon lexicon;
  private final WordPlaces newest = new WordPlaces();
  private final Pieces pieces = new Pieces();
  private final Set<Long> known = new HashSet<>();
  private List<Block> blocks = new ArrayList<>();
  private List<Block> instructions = new ArrayList<>();
  private long[] names = new long[FIRST_SIZE];
  private int[] starts = new int[FIRST_SIZE];
  private int[] ends = new int[FIRST_SIZE];
  private int[] older = new int[FIRST_SIZE];

  // How many older places the word at a place has.
  private int[] ranks = new int[FIRST_SIZE];
  private int[] blockOf = new int[FIRST_SIZE];
  private int words;
  private boolean whole = true;

  /**
   * @param keepsOldest whether what does not fit is not taken; otherwise the oldest half leaves
   */
  public TextIndex(int wordsMax, boolean keepsOldest, Lexicon lexicon) {
    this.wordsMax = wordsMax;
    this.keepsOldest = keepsOldest;
    this.lexicon = lexicon;
  }

  /** Whether all texts are in it. */
  public boolean isWhole() {
    return whole;
  }

  public int words() {
    return words;
  }

  /** The blocks that tell somebody to do something, oldest first. */
  public List<Block> instructions() {
    return instructions;
  }

  public List<Block> blocks() {
    return blocks;
  }

  /** Adds a text. One that is in it already stays where it was first. */
  public void add(Source source, Words text, Sentences split) {
    long name = nameOf(text);
    if (text.count() == 0 || known.contains(name)) {
      return;
    }
    whole &= !text.isCut();
    if (words + text.count() > wordsMax) {
      whole = false;
      if (keepsOldest || text.count() > wordsMax / 2) {
        return;
      }
      dropOldest();
    }
    known.add(name);
    ensure(text.count());
    int sentence = 0;
    while (sentence < split.count()) {
      sentence = addBlock(source, text, split, sentence);
    }
  }

  private int addBlock(Source source, Words text, Sentences split, int first) {
    int end = first;
    boolean instruction = false;
    int firstTelling = split.first(first);
    long done = 0;
    while (end < split.count() && split.block(end) == split.block(first)) {
      if (!instruction && split.isInstruction(end)) {
        instruction = true;
        firstTelling = split.first(end);
      }
      done |= split.done(end);
      end++;
    }
    int firstText = split.first(first);
    int endText = split.end(end - 1, text);
    int firstWord = words;
    long concepts = 0;
    int[] content = new int[endText - firstText];
    int meaningful = 0;
    for (int word = firstText; word < endText; word++) {
      int stem = Lexicon.stem(text.text(), text.start(word), text.end(word));
      concepts |= lexicon.concepts(stem);
      if (!StopWords.contains(stem)) {
        content[meaningful++] = stem;
      }
      addWord(text, word);
    }
    content = Arrays.stream(content, 0, meaningful).sorted().distinct().toArray();
    String beginning = instruction ? beginning(text, firstText, endText) : "";
    Block block =
        new Block(
            blocks.size(),
            source,
            text.start(firstText),
            text.end(endText - 1),
            firstWord,
            words,
            instruction,
            done,
            concepts,
            content,
            SPECIFIC.matcher(beginning).find(),
            instruction ? beginning(text, firstTelling, endText) : "");
    blocks.add(block);
    if (instruction) {
      instructions.add(block);
    }
    return end;
  }

  private static String beginning(Words text, int first, int end) {
    int from = text.start(first);
    int to = Math.min(text.end(end - 1), from + Block.TEXT_CHARACTERS_MAX);
    return text.text().substring(from, to);
  }

  private void addWord(Words text, int word) {
    names[words] = text.name(word);
    starts[words] = text.start(word);
    ends[words] = text.end(word);
    chain(words);
    pieces.add(text, word, words);
    blockOf[words] = blocks.size();
    words++;
  }

  private void chain(int place) {
    older[place] = newest.put(names[place], place);
    ranks[place] = older[place] == NONE ? 0 : ranks[older[place]] + 1;
  }

  private static long nameOf(Words text) {
    long name = text.count();
    for (int word = 0; word < text.count(); word++) {
      name = Names.mix(name * 3 ^ text.name(word));
    }
    return name;
  }

  private void ensure(int more) {
    if (words + more > names.length) {
      int larger = Math.min(wordsMax, Math.max(words + more, names.length * 2));
      names = Arrays.copyOf(names, larger);
      starts = Arrays.copyOf(starts, larger);
      ends = Arrays.copyOf(ends, larger);
      older = Arrays.copyOf(older, larger);
      ranks = Arrays.copyOf(ranks, larger);
      blockOf = Arrays.copyOf(blockOf, larger);
    }
  }

  /** Lets the older half of the words go, whole texts at a time. */
  private void dropOldest() {
    int firstKept = 0;
    while (firstKept < blocks.size() && blocks.get(firstKept).firstWord() < words / 2) {
      firstKept++;
    }
    while (firstKept < blocks.size()
        && firstKept > 0
        && blocks.get(firstKept).source().is(blocks.get(firstKept - 1).source())) {
      firstKept++;
    }
    int from = firstKept < blocks.size() ? blocks.get(firstKept).firstWord() : words;
    List<Block> kept = blocks.subList(firstKept, blocks.size());
    blocks = new ArrayList<>();
    instructions = new ArrayList<>();
    for (Block block : kept) {
      Block moved = moved(block, blocks.size(), from);
      blocks.add(moved);
      if (moved.instruction()) {
        instructions.add(moved);
      }
    }
    newest.clear();
    known.clear();
    for (int word = from; word < words; word++) {
      int to = word - from;
      names[to] = names[word];
      starts[to] = starts[word];
      ends[to] = ends[word];
      blockOf[to] = blockOf[word] - firstKept;
      chain(to);
    }
    pieces.dropBefore(from);
    words -= from;
  }

  private static Block moved(Block block, int index, int by) {
    return new Block(
        index,
        block.source(),
        block.start(),
        block.end(),
        block.firstWord() - by,
        block.endWord() - by,
        block.instruction(),
        block.done(),
        block.concepts(),
        block.content(),
        block.specific(),
        block.text());
  }

  /**
   * Finds where the words from {@code from} to {@code to} of a row stand in a row, newest first,
   * and gives the place of the first of them. It goes from place to place of the row's rarest word.
   *
   * @return how many steps it took
   */
  public int find(Words row, int from, int to, IntConsumer found) {
    int anchor = rarest(row, from, to);
    int steps = to - from;
    if (anchor == NONE) {
      return steps;
    }
    int place = newest.get(row.name(anchor));
    for (int looked = 0;
        place != NONE && looked < PLACES_MAX && steps < SEARCH_STEPS_MAX;
        looked++) {
      int first = place - (anchor - from);
      int same = same(row, from, to, first);
      steps += same + 1;
      if (same == to - from) {
        found.accept(first);
      }
      place = older[place];
    }
    return steps;
  }

  /** The word of a row that stands here at the fewest places; none where one stands nowhere. */
  private int rarest(Words row, int from, int to) {
    int rarest = from;
    int fewest = Integer.MAX_VALUE;
    for (int word = from; word < to; word++) {
      int place = newest.get(row.name(word));
      if (place == NONE) {
        return NONE;
      }
      if (ranks[place] < fewest) {
        fewest = ranks[place];
        rarest = word;
      }
    }
    return rarest;
  }

  /** How many words of a row stand here, beginning at a place; none where it goes on too far. */
  private int same(Words row, int from, int to, int at) {
    int last = at + (to - from) - 1;
    if (at < 0 || last >= words || !block(at).source().is(block(last).source())) {
      return 0;
    }
    int same = 0;
    while (same < to - from && names[at + same] == row.name(from + same)) {
      same++;
    }
    return same;
  }

  /**
   * A number inside a longer word.
   *
   * @param place the word's
   * @param start where the number begins in its text
   */
  public record Piece(int place, int start, int end) {}

  /** Where the word of that name stands inside a longer one; null where it does not. */
  public @Nullable Piece piece(long name) {
    return pieces.get(name);
  }

  /** The block in which the word at a place stands. */
  public Block block(int place) {
    return blocks.get(blockOf[place]);
  }

  /** The name of the word at a place. */
  public long name(int place) {
    return names[place];
  }

  /** Where the word at a place begins in its text. */
  public int start(int place) {
    return starts[place];
  }

  public int end(int place) {
    return ends[place];
  }
}
