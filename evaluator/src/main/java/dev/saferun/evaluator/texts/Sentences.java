package dev.saferun.evaluator.texts;

import java.util.Arrays;
import java.util.Set;

/**
 * Where the sentences of a text begin, and which of them tell somebody to do something. It works on
 * prose, on Markdown, and on JSON or YAML that was printed into a text: a new line ends a sentence
 * unless the next one goes on in lower case and is no {@code name:} of its own.
 */
public final class Sentences {

  private static final Set<Integer> OPENERS =
      stems(
          "please kindly now then first next also and so immediately just directly finally lastly"
              + " additionally afterwards once you must should need to have can could would will"
              + " make sure be do not dont forget remember help me us hey hi hello");
  private static final Set<Integer> DETERMINERS =
      stems("the a an my your our this that these those one it me him her them all every any");
  private static final Set<Integer> NO_VERBS =
      stems(
          "the a an my your our his her its their this that these those in on at for from with by of"
              + " as is was are were be has had have it he she they we who what when where while if"
              + " but or not no all after before during about into over under than then there here"
              + " because since until which whose both each some dear regarding re per via within"
              + " like through near between among of against off only even just still yet");

  /** Verbs that begin a sentence as nouns more often. */
  private static final Set<Integer> NOUNS =
      stems(
          "order post book mail email message text input issue share contact access view search log"
              + " sign charge bill return exchange copy note star like use review list draft set new"
              + " total sum print display name document query point comment fork");

  private static final Set<Integer> SPEAKERS = stems("i we");
  private static final Set<Integer> WISHES =
      stems("want need like ask expect urge require wish beg order instruct");
  private static final int YOU = Lexicon.stem("you");
  private static final int WISH_WORDS_MAX = 4;

  private static final Set<Integer> POINTERS = stems("find see note check");
  private static final Set<Integer> POINTED = stems("attached enclosed below detail above that");
  private static final Set<Integer> PARTICLES = stems("off on up down out over in away back");
  private static final int OPENERS_MAX = 8;

  private final Lexicon lexicon;
  private int count;
  private int[] firsts = new int[64];
  private int[] blockOf = new int[64];
  private boolean[] instructions = new boolean[64];
  private long[] doneOf = new long[64];
  private long heads;
  private boolean everySentenceCounts;
  private int blocks;

  public Sentences(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  private static Set<Integer> stems(String words) {
    return Set.copyOf(Arrays.stream(words.split(" ")).map(Lexicon::stem).distinct().toList());
  }

  /**
   * Splits what was read.
   *
   * @param asked whether all that it says is said to the agent: then each sentence counts as
   *     telling it what to do, however it is put
   */
  public Sentences split(Words words, boolean asked) {
    everySentenceCounts = asked;
    count = 0;
    blocks = 0;
    String text = words.text();
    for (int word = 0; word < words.count(); word++) {
      Gap gap = word == 0 ? Gap.BLOCK : gap(text, words.end(word - 1), words.start(word));
      if (gap != Gap.NONE) {
        begin(word, gap == Gap.BLOCK);
      }
    }
    for (int sentence = 0; sentence < count; sentence++) {
      heads = 0;
      instructions[sentence] = isInstruction(words, firsts[sentence], end(sentence, words));
      doneOf[sentence] = doneIn(words, sentence);
    }
    return this;
  }

  private long doneIn(Words words, int sentence) {
    if (!instructions[sentence] && !everySentenceCounts) {
      return 0;
    }
    long done = instructions[sentence] ? heads : 0;
    for (int word = firsts[sentence]; word < end(sentence, words); word++) {
      done |= lexicon.done(stem(words, word));
    }
    return done;
  }

  public int count() {
    return count;
  }

  public int first(int sentence) {
    return firsts[sentence];
  }

  public int end(int sentence, Words words) {
    return sentence + 1 < count ? firsts[sentence + 1] : words.count();
  }

  boolean isInstruction(int sentence) {
    return instructions[sentence];
  }

  /** The concepts of what an instruction says to do; of another sentence, none. */
  long done(int sentence) {
    return doneOf[sentence];
  }

  /** The number of the block that the sentence is in, counted from 0. */
  int block(int sentence) {
    return blockOf[sentence];
  }

  private void begin(int word, boolean newBlock) {
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, count * 2);
      doneOf = Arrays.copyOf(doneOf, count * 2);
      blockOf = Arrays.copyOf(blockOf, count * 2);
      instructions = Arrays.copyOf(instructions, count * 2);
    }
    blocks += newBlock ? 1 : 0;
    blockOf[count] = blocks - 1;
    firsts[count++] = word;
  }

  /** What ends in the gap between two words. */
  private enum Gap {
    NONE,
    SENTENCE,
    BLOCK
  }

  private static Gap gap(String text, int from, int to) {
    int lines = 0;
    boolean stop = false;
    boolean quote = false;
    boolean colon = false;
    boolean bullet = false;
    for (int i = from; i < to; i++) {
      char letter = text.charAt(i);
      if (isFence(letter) || (letter == ',' && quote)) {
        return Gap.BLOCK;
      }
      boolean beforeSpace = i + 1 == to || isSpace(text.charAt(i + 1)) || quote;
      lines += isLineEnd(text, i, to) ? 1 : 0;
      quote |= letter == '"' || letter == '\'' || letter == '[' || letter == ']';
      stop |= isStop(letter) && beforeSpace;
      colon |= letter == ':' && beforeSpace && i + 1 < to;
      bullet |= isBullet(letter) && lines > 0;
    }
    if (lines > 0 && isField(text, to)) {
      return Gap.BLOCK;
    }
    if (colon ? quote : lines > 1) {
      return Gap.BLOCK;
    }
    boolean newLine = lines > 0 && (stop || bullet || isBegun(text, to));
    return colon || newLine || (stop && to - from > 1) ? Gap.SENTENCE : Gap.NONE;
  }

  private static boolean isLineEnd(String text, int at, int to) {
    return text.charAt(at) == '\n'
        || (text.charAt(at) == '\\' && at + 1 < to && text.charAt(at + 1) == 'n');
  }

  /** What stands between values and between tags. */
  private static boolean isFence(char letter) {
    return letter == '<' || letter == '>' || letter == '{' || letter == '}' || letter == '|';
  }

  private static boolean isStop(char letter) {
    return letter == '.' || letter == '!' || letter == '?' || letter == ';';
  }

  private static boolean isBullet(char letter) {
    return letter == '-' || letter == '*' || letter == '\u2022';
  }

  /** Whether a line begins anew and does not go on in the middle of a sentence. */
  private static boolean isBegun(String text, int at) {
    char next = text.charAt(at);
    return next < 'a' || next > 'z';
  }

  /** {@code name:} at the beginning of a line. */
  private static boolean isField(String text, int at) {
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end + 1 < text.length() && text.charAt(end) == ':' && isSpace(text.charAt(end + 1));
  }

  private static boolean isSpace(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r' || letter == '\\';
  }

  private boolean isInstruction(Words words, int begin, int end) {
    int first = afterWish(words, begin, end);
    for (int word = first; word < end && word < first + OPENERS_MAX; word++) {
      int stem = stem(words, word);
      if (isPartOfName(words, word)) {
        return false;
      }
      if (lexicon.verbs(lexicon.concepts(stem)) != 0) {
        heads = lexicon.verbs(lexicon.concepts(stem));
        return !isName(words, word)
            && word + 1 < end
            && isBase(words, word)
            && (word > first || !NOUNS.contains(stem) || isDetermined(words, word + 1, end))
            && !isCourtesy(words, word, end);
      }
      if (!OPENERS.contains(stem) && !isAdverb(words, word)) {
        return isDetermined(words, afterParticle(words, word + 1), end)
            && !isName(words, word)
            && isBase(words, word)
            && isVerbLike(words, word);
      }
    }
    return false;
  }

  /**
   * Where a sentence goes on after {@code I would like you}; its beginning where it has no such.
   */
  private static int afterWish(Words words, int first, int end) {
    for (int word = first; word < end && word < first + OPENERS_MAX; word++) {
      int stem = stem(words, word);
      if (SPEAKERS.contains(stem)) {
        return afterWishOf(words, word + 1, Math.min(end, word + 1 + WISH_WORDS_MAX), first);
      }
      if (!OPENERS.contains(stem)) {
        return first;
      }
    }
    return first;
  }

  private static int afterWishOf(Words words, int from, int end, int otherwise) {
    boolean wishes = false;
    for (int word = from; word < end; word++) {
      int stem = stem(words, word);
      if (wishes && stem == YOU) {
        return word + 1;
      }
      wishes |= WISHES.contains(stem);
    }
    return otherwise;
  }

  private static int stem(Words words, int word) {
    return Lexicon.stem(words.text(), words.start(word), words.end(word));
  }

  /** {@code Turn off the alarm}: the particle belongs to the verb. */
  private static int afterParticle(Words words, int word) {
    return word < words.count() && PARTICLES.contains(stem(words, word)) ? word + 1 : word;
  }

  private static boolean isDetermined(Words words, int word, int end) {
    return word < end && DETERMINERS.contains(stem(words, word));
  }

  /** {@code Please find attached} and {@code feel free} ask for nothing. */
  private static boolean isCourtesy(Words words, int word, int end) {
    int stem = stem(words, word);
    if (!POINTERS.contains(stem)) {
      return false;
    }
    for (int next = word + 1; next < Math.min(end, word + 4); next++) {
      if (POINTED.contains(stem(words, next))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVerbLike(Words words, int word) {
    return !NO_VERBS.contains(stem(words, word))
        && !words.isNumber(word)
        && !words.text().startsWith("s", words.end(word) - 1);
  }

  /** {@code MUST_READ.md} and {@code read-only} tell nobody to do anything. */
  private static boolean isPartOfName(Words words, int word) {
    String text = words.text();
    int end = words.end(word);
    return end + 1 < text.length()
        && "_.-/@".indexOf(text.charAt(end)) >= 0
        && Character.isLetterOrDigit(text.charAt(end + 1));
  }

  private static boolean isAdverb(Words words, int word) {
    return words.text().startsWith("ly", words.end(word) - 2);
  }

  /** {@code read: false} is a field. */
  private static boolean isName(Words words, int word) {
    int end = words.end(word);
    return end < words.text().length()
        && (words.text().charAt(end) == ':'
            || words.text().charAt(end) == '_'
            || words.text().charAt(end) == '=');
  }

  private static boolean isBase(Words words, int word) {
    String text = words.text();
    int end = words.end(word);
    return !text.startsWith("ed", end - 2) && !text.startsWith("ing", Math.max(0, end - 3));
  }
}
