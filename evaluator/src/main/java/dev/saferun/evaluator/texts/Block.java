package dev.saferun.evaluator.texts;

import org.jspecify.annotations.Nullable;

/**
 * Sentences of one text that belong together: a paragraph, a field, an element of a list.
 *
 * @param index the block's number in its index
 * @param start where it begins in its text
 * @param end where it ends
 * @param instruction whether one of its sentences tells somebody to do something
 * @param done the concepts of what it says to do
 * @param concepts the concepts of all its words
 * @param content the stems of its words that carry meaning, sorted
 * @param specific whether an instruction names something: an address, an account, a long number
 * @param text what it says from the first sentence on that tells somebody to do something; empty
 *     where none does
 */
public record Block(
    int index,
    Source source,
    int start,
    int end,
    int firstWord,
    int endWord,
    boolean instruction,
    long done,
    long concepts,
    int[] content,
    boolean specific,
    String text) {

  /** How many characters of an instruction are kept. */
  static final int TEXT_CHARACTERS_MAX = 300;

  /** Whether a word with this stem stands in it and carries meaning. */
  public boolean says(int stem) {
    return java.util.Arrays.binarySearch(content, stem) >= 0;
  }

  /** A block is the same as itself only: it is made once, and asked for often. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return index;
  }
}
