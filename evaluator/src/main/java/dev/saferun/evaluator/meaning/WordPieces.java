package dev.saferun.evaluator.meaning;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Splits a text into the pieces of words that a BERT model was trained on: lower case, without
 * accents, punctuation and ideographs by themselves, then each word by the longest pieces that the
 * vocabulary has (Devlin and others, arXiv 1810.04805; Wu and others, arXiv 1609.08144).
 */
final class WordPieces {

  private static final String FIRST = "[CLS]";
  private static final String LAST = "[SEP]";
  private static final String UNKNOWN = "[UNK]";
  private static final String GOES_ON = "##";
  private static final int WORD_CHARACTERS_MAX = 100;

  private final Map<String, Integer> vocabulary;
  private final long first;
  private final long last;
  private final long unknown;

  WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.first = number(FIRST);
    this.last = number(LAST);
    this.unknown = number(UNKNOWN);
  }

  /** The numbers of the pieces, with the marks of beginning and end; what is beyond is cut. */
  long[] split(String text, int piecesMax) {
    Pieces pieces = new Pieces(piecesMax);
    String plain = plain(text, piecesMax * WORD_CHARACTERS_MAX);
    int at = 0;
    while (at < plain.length() && !pieces.isFull()) {
      int letter = plain.codePointAt(at);
      int end = at + Character.charCount(letter);
      if (!isSpace(letter)) {
        if (!standsAlone(letter)) {
          end = endOfWord(plain, end);
        }
        addWord(pieces, plain.substring(at, end));
      }
      at = end;
    }
    return pieces.ended();
  }

  /** Control characters go, letters are in lower case, accents are off. */
  private static String plain(String text, int charactersMax) {
    String cut = text.length() > charactersMax ? text.substring(0, charactersMax) : text;
    StringBuilder plain = new StringBuilder(cut.length());
    Normalizer.normalize(cut.toLowerCase(java.util.Locale.ROOT), Normalizer.Form.NFD)
        .codePoints()
        .filter(letter -> isSpace(letter) || !isLeftOut(letter))
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isLeftOut(int letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK,
          Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> letter == 0xFFFD;
    };
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int letter = text.codePointAt(end);
      if (isSpace(letter) || standsAlone(letter)) {
        return end;
      }
      end += Character.charCount(letter);
    }
    return end;
  }

  private static boolean isSpace(int letter) {
    return letter == '\t'
        || letter == '\n'
        || letter == '\r'
        || Character.getType(letter) == Character.SPACE_SEPARATOR
        || Character.getType(letter) == Character.LINE_SEPARATOR
        || Character.getType(letter) == Character.PARAGRAPH_SEPARATOR;
  }

  /** Punctuation, also what ASCII has as symbols, and ideographs. */
  private static boolean standsAlone(int letter) {
    boolean symbol = letter > ' ' && letter < 127 && !Character.isLetterOrDigit(letter);
    return symbol || isPunctuation(letter) || isIdeograph(letter);
  }

  private static boolean isPunctuation(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int letter) {
    return (letter >= 0x4E00 && letter <= 0x9FFF)
        || (letter >= 0x3400 && letter <= 0x4DBF)
        || (letter >= 0xF900 && letter <= 0xFAFF)
        || (letter >= 0x20000 && letter <= 0x2CEAF)
        || (letter >= 0x2F800 && letter <= 0x2FA1F);
  }

  private void addWord(Pieces pieces, String word) {
    int begun = pieces.count;
    int from = 0;
    while (from < word.length()) {
      int end = word.length() > WORD_CHARACTERS_MAX ? from : longest(word, from);
      if (end == from) {
        pieces.count = begun;
        pieces.add(unknown);
        return;
      }
      pieces.add(number(piece(word, from, end)));
      from = end;
    }
  }

  /** Where the longest known piece that begins here ends; here, where there is none. */
  private int longest(String word, int from) {
    int end = word.length();
    while (end > from && !vocabulary.containsKey(piece(word, from, end))) {
      end--;
    }
    return end;
  }

  private long number(String piece) {
    return Objects.requireNonNull(vocabulary.get(piece), "a piece of the vocabulary");
  }

  private static String piece(String word, int from, int end) {
    String piece = word.substring(from, end);
    return from == 0 ? piece : GOES_ON + piece;
  }

  /** Numbers of pieces as they come, between their two marks. */
  private final class Pieces {

    private final long[] numbers;
    private int count = 1;

    Pieces(int max) {
      numbers = new long[max];
      numbers[0] = first;
    }

    boolean isFull() {
      return count >= numbers.length - 1;
    }

    void add(long number) {
      if (!isFull()) {
        numbers[count++] = number;
      }
    }

    long[] ended() {
      numbers[count] = last;
      return Arrays.copyOf(numbers, count + 1);
    }
  }
}
