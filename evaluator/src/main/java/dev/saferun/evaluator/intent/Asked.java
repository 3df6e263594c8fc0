package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Lexicon;
import dev.saferun.evaluator.texts.Sentences;
import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the user and the operator asked for, as far as it must be compared: what it speaks of, whose
 * names it has, and whether it hands the word over to a text ("do what her mail says").
 */
final class Asked {

  private static final Set<Integer> DELEGATIONS =
      Arrays.stream(
              ("task instruction request todo follow ask complete address fulfill achieve detail"
                      + " accordingly")
                  .split(" "))
          .map(Lexicon::stem)
          .collect(Collectors.toUnmodifiableSet());
  private static final int SENTENCES_MAX = 12;
  private static final int NAME_LETTERS_MIN = 3;
  private static final int NEAR_BEFORE_WORDS = 12;
  private static final int NEAR_AFTER_WORDS = 28;
  private static final double SHARED_MIN = 3;
  private static final double SHARED_COUNTS = 0.8;
  private static final double NAMED_AND_DELEGATED = 0.8;
  private static final double NAMED = 0.4;

  private final TextIndex texts;
  private final Set<Integer> content = new HashSet<>();
  private final Set<Long> names = new HashSet<>();
  private final List<String> sentences = new ArrayList<>();
  private boolean delegates;
  private int blocksTaken;

  Asked(TextIndex texts) {
    this.texts = texts;
  }

  /** The sentences that the user said, the first of them. */
  List<String> sentences() {
    return sentences;
  }

  /** Takes note of what the user said, sentence by sentence. */
  void said(Words words, Sentences split) {
    for (int sentence = 0; sentence < split.count(); sentence++) {
      if (sentences.size() == SENTENCES_MAX) {
        return;
      }
      sentences.add(
          words
              .text()
              .substring(
                  words.start(split.first(sentence)), words.end(split.end(sentence, words) - 1)));
    }
  }

  /** Takes note of a text that was just added to the index. */
  void added(Words words) {
    for (; blocksTaken < texts.blocks().size(); blocksTaken++) {
      for (int stem : texts.blocks().get(blocksTaken).content()) {
        content.add(stem);
        delegates |= DELEGATIONS.contains(stem);
      }
    }
    for (int word = 0; word < words.count(); word++) {
      if (isName(words, word)) {
        names.add(words.name(word));
      }
    }
  }

  private boolean isName(Words words, int word) {
    String text = words.at(word);
    int stem = Lexicon.stem(text);
    return text.length() >= NAME_LETTERS_MIN
        && Character.isUpperCase(text.charAt(0))
        && content.contains(stem)
        && Lexicon.STANDARD.concepts(stem) == 0;
  }

  /** How far an instruction that was read belongs to what was asked, 0 to 1, by its words. */
  double near(Block instruction, TextIndex seen) {
    int shared = 0;
    for (int stem : instruction.content()) {
      shared += content.contains(stem) ? 1 : 0;
    }
    double enough =
        Math.max(SHARED_MIN, Math.min(instruction.content().length, content.size()) / 2.0);
    double topic = SHARED_COUNTS * Math.min(1, shared / enough);
    double named = isNamedAround(instruction, seen) ? delegates ? NAMED_AND_DELEGATED : NAMED : 0;
    return Math.max(topic, named);
  }

  /** Whether a name from the request stands beside the instruction: its sender, its signature. */
  private boolean isNamedAround(Block instruction, TextIndex seen) {
    if (names.isEmpty()) {
      return false;
    }
    int from = Math.max(0, instruction.firstWord() - NEAR_BEFORE_WORDS);
    int to = Math.min(seen.words(), instruction.endWord() + NEAR_AFTER_WORDS);
    for (int place = from; place < to; place++) {
      if (names.contains(seen.name(place)) && seen.block(place).source().is(instruction.source())) {
        return true;
      }
    }
    return false;
  }
}
