package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.Origin.Trust;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Lexicon;
import dev.saferun.evaluator.texts.Sentences;
import dev.saferun.evaluator.texts.Source;
import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Words;
import dev.saferun.evaluator.texts.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The texts of one run by trust. A text that came before is not read again. */
final class Library {

  private static final int ASKED_WORDS_MAX = 8_192;
  private static final int MADE_WORDS_MAX = 8_192;
  private static final int SEEN_WORDS_MAX = 32_768;
  private static final int KNOWN_MAX = 65_536;

  final TextIndex askedTexts = new TextIndex(ASKED_WORDS_MAX, true, Lexicon.STANDARD);
  final TextIndex madeTexts = new TextIndex(MADE_WORDS_MAX, false, Lexicon.STANDARD);
  final TextIndex seenTexts = new TextIndex(SEEN_WORDS_MAX, false, Lexicon.STANDARD);
  final Asked asked = new Asked(askedTexts);
  final KnownNumbers numbers = new KnownNumbers();
  final Work work = new Work();
  private final Words words = new Words();
  private final Sentences sentences = new Sentences(Lexicon.STANDARD);
  private final Set<Long> knownAsked = new HashSet<>();
  private final Set<Long> known = new HashSet<>();
  private final Meanings meanings;
  private int prepared;
  private int order;
  private boolean whole = true;

  Library(Meanings meanings) {
    this.meanings = meanings;
  }

  int words() {
    return askedTexts.words() + madeTexts.words() + seenTexts.words();
  }

  boolean isWhole() {
    return whole && askedTexts.isWhole() && madeTexts.isWhole() && seenTexts.isWhole();
  }

  /** Some texts were left out: what had begun to be taken in did not come to its end. */
  void lose() {
    whole = false;
  }

  /**
   * Takes in all texts and numbers of a tree.
   *
   * @throws Work.Exceeded between two texts, so that each is taken in whole or not at all
   */
  void take(Origin origin, long frame, String pointer, @Nullable Object tree) {
    take(origin, frame, pointer, tree, 0, false);
  }

  void take(
      Origin origin,
      long frame,
      String pointer,
      @Nullable Object tree,
      double steer,
      boolean reply) {
    take(new Source(origin, frame, pointer, 0, steer, reply), tree);
  }

  /**
   * @param at where the tree stands; its order is not counted yet
   */
  private void take(Source at, @Nullable Object tree) {
    switch (tree) {
      case String text -> {
        work.addText(text);
        if (isNew(at.origin(), text)) {
          add(at.numbered(order++), words.read(text));
        }
      }
      case Number number -> {
        work.add(1);
        add(at.numbered(order++), words.read(number));
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          take(at.within(at.at().element(i)), list.get(i));
        }
      }
      case Map<?, ?> object ->
          object.forEach((name, value) -> take(at.within(at.at().member(name)), value));
      case null -> {}
      default -> {}
    }
  }

  /** What is sent again with each call is hashed again, and that is all. */
  private boolean isNew(Origin origin, String text) {
    Set<Long> before = origin.trust() == Trust.ASKED ? knownAsked : known;
    if (before.size() >= KNOWN_MAX) {
      before.clear();
    }
    return before.add(Fingerprint.ofTree(text));
  }

  private void add(Source source, Words text) {
    boolean isAsked = source.origin().trust() == Trust.ASKED;
    TextIndex index =
        switch (source.origin().trust()) {
          case ASKED -> askedTexts;
          case MADE -> madeTexts;
          case SEEN -> seenTexts;
        };
    index.add(source, text, sentences.split(text, isAsked));
    if (index != madeTexts) {
      numbers.add(source, text);
    }
    if (isAsked) {
      asked.added(text);
    }
    if (source.origin() == Origin.USER_REQUEST) {
      asked.said(text, sentences);
    }
    work.add(text.count());
  }

  /**
   * Gets ready what the next call may be held against by meaning, while the agent thinks. What
   * comes with a call itself is asked for at once and would only be run twice.
   */
  void prepare() {
    List<Block> instructions = seenTexts.instructions();
    if (instructions.size() < prepared) {
      prepared = 0;
    }
    if (prepared == 0 && !instructions.isEmpty()) {
      asked.sentences().forEach(meanings::prepare);
    }
    for (; prepared < instructions.size(); prepared++) {
      meanings.prepare(instructions.get(prepared).text());
    }
  }
}
