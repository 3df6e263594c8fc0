package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner finds what the {@link PlainScanner} finds, in texts made of what it looks for. */
class TextScannerDifferentialTest {

  private static final int TEXTS = 60_000;

  /** Secrets are put together from parts, so that no scanner of sources takes them for real. */
  private static final List<String> PIECES =
      List.of(
          "srk_",
          "sk_live_",
          "sk_test_",
          "rk_live_",
          "ghp_",
          "AKIA",
          "ASIA",
          "Bearer ",
          "bEARER ",
          "-----BEGIN ",
          "PRIVATE KEY",
          "-----",
          "-----END ",
          "RSA ",
          "0123456789abcdefABCDEF",
          "abcdefghijklmnopqrstuvwxyz",
          "IOSFODNN7EXAMPLE",
          "4111111111111111",
          "4111",
          "1111",
          "378282246310005",
          "3782",
          "822463",
          "10005",
          "630427373398",
          "4222222222222",
          "%3D",
          "%",
          "%2",
          " ",
          "-",
          "_",
          ".",
          "+",
          "=",
          "/",
          "\n",
          "\0",
          "?",
          "é",
          "€",
          "\ud83d\ude00",
          "\ud83d",
          "the bearer of",
          "Straße",
          "task",
          "A",
          "s",
          "g",
          "b",
          "7",
          "1",
          "42");

  @Test
  void findsTheSameInTextsOfPieces() {
    Random random = new Random(20_261_123);
    int found = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(14); pieces >= 0; pieces--) {
        text.append(piece(random));
      }
      found += same(text.toString());
    }
    assertThat(found).isGreaterThan(TEXTS / 5);
  }

  private static String piece(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Long.toString(random.nextLong() >>> random.nextInt(64));
      case 1 -> Character.toString(random.nextInt(0x180));
      default -> PIECES.get(random.nextInt(PIECES.size()));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"srk_0123456789abcdef", "4111 1111 1111 1111", "Bearer 12345678", "%3Dghp_"})
  void findsTheSameBehindAndBeforeAnyCharacter(String text) {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      same((char) c + text);
      same(text + (char) c);
      same(text.replace('e', (char) c));
    }
  }

  /**
   * Whatever the plain scanner finds is within what the scanner finds, which may take more around
   * it or know it by another name; and nothing else is a card to the scanner.
   */
  private static int same(String text) {
    List<TextScanner.Finding> found = DirectScan.find(text, Ascii.of(text));
    List<TextScanner.Finding> plain = PlainScanner.find(text);
    assertThat(plain).as(text).allMatch(finding -> isCovered(finding, found));
    assertThat(found)
        .as(text)
        .filteredOn(finding -> finding.dataClass().equals(Detector.CARD_NUMBER.dataClass()))
        .isSubsetOf(plain);
    assertOrder(text, found);
    return plain.size();
  }

  private static boolean isCovered(
      TextScanner.Finding finding, List<TextScanner.Finding> findings) {
    int covered = 0;
    for (TextScanner.Finding other : findings) {
      covered +=
          Math.max(
              0, Math.min(finding.end(), other.end()) - Math.max(finding.start(), other.start()));
    }
    return covered == finding.end() - finding.start();
  }

  private static void assertOrder(String text, List<TextScanner.Finding> findings) {
    int done = 0;
    for (TextScanner.Finding finding : findings) {
      assertThat(finding.start()).as(text).isGreaterThanOrEqualTo(done);
      assertThat(finding.end()).as(text).isGreaterThan(finding.start());
      done = finding.end();
    }
    assertThat(done).isLessThanOrEqualTo(text.length());
  }
}
