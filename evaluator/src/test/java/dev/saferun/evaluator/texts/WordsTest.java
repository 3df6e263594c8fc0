package dev.saferun.evaluator.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ana.Silva@Northwind.example | ana silva northwind EXAMPLE",
        "https://Shop.example/a?b=1   | HTTPS shop/example a B 1",
        "2026-05-03                   | 2026 5 3",
        "$4,500.00                    | 4500",
        "4500.50                      | 4500.5",
        "Café ÜBER                    | cafe uber",
        "ＦＵＬＬ－ｗｉｄｔｈ                    | full width",
        "'a\\nb'                       | a b",
        "isn\\u2019t                   | isn t",
        "0042                         | 42",
        "cafe\u0301                   | café",
      })
  void oneThingInTwoFormsIsTheSameWords(String one, String other) {
    assertThat(names(one)).isEqualTo(names(other)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"4500 | 450000", "10.0.0.1 | 10.0.01", "a-b | ab", "4.5 | 45", "1,2 | 12"})
  void differentThingsAreDifferentWords(String one, String other) {
    assertThat(names(one)).isNotEqualTo(names(other));
  }

  @Test
  void aNumberOfJsonIsItsDigits() {
    assertThat(names(new Words().read(4500L))).isEqualTo(names("4,500.0"));
    assertThat(names(new Words().read(45.2))).isEqualTo(names("45.20"));
    assertThat(new Words().read("of 1,200.50 now").number(1)).isEqualTo(new BigDecimal("1200.50"));
  }

  @Test
  void eachCharacterOfAScriptWithoutSpacesIsAWord() {
    Words words = new Words().read("東京へ送金");

    assertThat(words.count()).isEqualTo(5);
    assertThat(names("送金").getFirst()).isEqualTo(words.name(3));
  }

  @Test
  void rightToLeftTextsHaveWords() {
    assertThat(names("حذف كل العملاء")).hasSize(3);
  }

  @Test
  void aTextOfAnyLengthIsReadUpToItsLimit() {
    Words words = new Words().read("word ".repeat(Words.WORDS_MAX + 10));

    assertThat(words.count()).isEqualTo(Words.WORDS_MAX);
    assertThat(words.isCut()).isTrue();
    assertThat(words.read("a b").isCut()).isFalse();
  }

  @Test
  void whatIsNoTextAtAllHasNoWords() {
    assertThat(names("\u0000\u202e \ud800 ---").size()).isLessThanOrEqualTo(1);
    assertThat(names("")).isEmpty();
  }

  private static List<Long> names(String text) {
    return names(new Words().read(text));
  }

  private static List<Long> names(Words words) {
    List<Long> names = new ArrayList<>();
    for (int word = 0; word < words.count(); word++) {
      names.add(words.name(word));
    }
    return names;
  }
}
