package dev.saferun.evaluator.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the numbers that Hugging Face's tokenizers 0.22 gives for the same files. */
class WordPiecesTest {

  private static WordPieces pieces = WordPiecesTest.load();

  private static WordPieces load() {
    try {
      return MiniLm.pieces();
    } catch (IOException fault) {
      throw new java.io.UncheckedIOException(fault);
    }
  }

  @BeforeAll
  static void areLoaded() {
    assertThat(pieces).isNotNull();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", new long[] {101, 102}),
        Arguments.of(
            "na\u00efve Caf\u00e9 \u2014 d\u00e9j\u00e0 vu \u201cquotes\u201d",
            new long[] {101, 15743, 7668, 1517, 2139, 3900, 24728, 1523, 16614, 1524, 102}),
        Arguments.of(
            "\u5220\u9664\u4ed3\u5e93 please", new long[] {101, 100, 100, 100, 100, 3531, 102}),
        Arguments.of(
            "unaffable supercalifragilisticexpialidocious",
            new long[] {
              101, 14477, 20961, 3468, 3565, 9289, 10128, 29181, 24411, 4588, 10288, 19312, 21273,
              10085, 6313, 102
            }),
        Arguments.of(
            "tabs\tand\nnewlines\r\n\u00a0nbsp\u200bzero\u202ebidi",
            new long[] {
              101, 21628, 2015, 1998, 2047, 12735, 1050, 5910, 2361, 6290, 16429, 28173, 102
            }),
        Arguments.of(
            "\u0130stanbul \u015eIK stra\u00dfe",
            new long[] {101, 9960, 9033, 2243, 2358, 27807, 102}),
        Arguments.of(
            "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
            new long[] {101, 1266, 29799, 29792, 29800, 1295, 17149, 29820, 29816, 25573, 102}),
        Arguments.of("emoji \ud83d\ude00 x", new long[] {101, 7861, 29147, 2072, 100, 1060, 102}),
        Arguments.of("a".repeat(101), new long[] {101, 100, 102}),
        Arguments.of("\u0000nul\u0007bell", new long[] {101, 16371, 20850, 5349, 102}),
        Arguments.of(
            "\ud55c\uad6d\uc5b4 \u304b\u306a \u30ac",
            new long[] {
              101, 1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 1651, 30193, 1700, 102
            }));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void areThoseOfTheVocabulary(String text, long[] expected) {
    assertThat(pieces.split(text, 64)).containsExactly(expected);
  }

  @Test
  void aLongTextIsCut() {
    assertThat(pieces.split("word ".repeat(1_000), 16)).hasSize(16).endsWith(102);
    assertThat(pieces.split("x".repeat(1 << 20), 16)).containsExactly(101, 100, 102);
  }
}
